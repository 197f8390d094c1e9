"""The schema of run configs: corpus, protocol, model and scoring."""

from train.config.data import TASKS_OF, Columns, Data, PublicData, SeesawData, TableData
from train.config.judge import (
    DOCUMENT_CORPORA,
    PAIR_CORPORA,
    UNLABELLED,
    JudgeConfig,
    JudgeSource,
)
from train.config.judge_model import JudgeModel, JudgeSchedule, JudgeTeacher
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
    "DOCUMENT_CORPORA",
    "PAIR_CORPORA",
    "TASKS_OF",
    "UNLABELLED",
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
    "JudgeTeacher",
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
