"""The schema of run configs."""

from train.config.data import Columns, Data, PublicData, SeesawData, TableData
from train.config.model import (
    EncoderModel,
    FinetunedModel,
    LessonData,
    MajorityModel,
    ModelConfig,
    NgramsModel,
    PlainModel,
    Schedule,
    Source,
    finetuned_part,
    parts_of,
)
from train.config.protocol import (
    ByActor,
    ByDate,
    ByGroup,
    FewShot,
    KFold,
    LeaveIssueOut,
    LeaveStratumOut,
    Official,
    Protocol,
)
from train.config.schema import RunConfig, Scoring, load_config

__all__ = [
    "ByActor",
    "ByDate",
    "ByGroup",
    "Columns",
    "Data",
    "EncoderModel",
    "FewShot",
    "FinetunedModel",
    "KFold",
    "LeaveIssueOut",
    "LeaveStratumOut",
    "LessonData",
    "MajorityModel",
    "ModelConfig",
    "NgramsModel",
    "Official",
    "PlainModel",
    "Protocol",
    "PublicData",
    "RunConfig",
    "Schedule",
    "Scoring",
    "SeesawData",
    "Source",
    "TableData",
    "finetuned_part",
    "load_config",
    "parts_of",
]
