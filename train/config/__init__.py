"""The schema of run configs: corpus, protocol, model and scoring."""

from train.config.data import TASKS_OF, Columns, Data, PublicData, SeesawData, TableData
from train.config.judge import PAIR_CORPORA, JudgeConfig, JudgeModel, JudgeSchedule, JudgeSource
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
from train.config.schema import RunConfig, Scoring, load_config, load_run_config
from train.config.strict import Strict

__all__ = [
    "PAIR_CORPORA",
    "TASKS_OF",
    "AuxiliaryTask",
    "ByActor",
    "ByDate",
    "ByGroup",
    "Columns",
    "Data",
    "EncoderModel",
    "FewShot",
    "FinetunedModel",
    "JudgeConfig",
    "JudgeModel",
    "JudgeSchedule",
    "JudgeSource",
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
    "Strict",
    "TableData",
    "finetuned_part",
    "load_config",
    "load_run_config",
    "parts_of",
]
