"""The schema of run configs: corpus, protocol, model and scoring."""

from train.config.data import Columns, Data, PublicData, SeesawData, TableData
from train.config.model import (
    AuxiliaryTask,
    EncoderModel,
    FinetunedModel,
    MajorityModel,
    ModelConfig,
    NgramsModel,
    Schedule,
    SingleModel,
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
    "AuxiliaryTask",
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
    "MajorityModel",
    "ModelConfig",
    "NgramsModel",
    "Official",
    "Protocol",
    "PublicData",
    "RunConfig",
    "Schedule",
    "Scoring",
    "SeesawData",
    "SingleModel",
    "Source",
    "TableData",
    "finetuned_part",
    "load_config",
    "parts_of",
]
