"""``[protocol]`` of a run config: how rows are split into train, dev and test."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from train.config.strict import Strict

# Dev and test are at most this share of the groups each, so that a tenth is left to train on.
Share = Annotated[float, Field(gt=0, lt=0.9)]


class Official(Strict):
    """The splits that the data set's owner published.

    ``dev_share`` takes whole groups of train for dev where there is no published dev split;
    ``refit_with_dev`` fits once more on train and dev before test is scored.
    """

    kind: Literal["official"]
    train: str
    dev: tuple[str, ...] = ()
    dev_share: Share | None = None
    test: tuple[str, ...] = Field(min_length=1)
    refit_with_dev: bool = False

    @model_validator(mode="after")
    def _splits_differ_and_dev_has_one_source(self) -> "Official":
        names = [self.train, *self.dev, *self.test]
        if len(set(names)) < len(names):
            raise ValueError(f"train, dev, test: must be different splits, got {', '.join(names)}.")
        if self.dev and self.dev_share is not None:
            raise ValueError("dev_share: must be left out where dev names splits, got both.")
        return self


class ByGroup(Strict):
    """A grouped, stratified split: whole groups (articles), the same shares from each stratum."""

    kind: Literal["by_group"]
    dev_share: Share
    test_share: Share


class ByActor(Strict):
    """Held-out actors: train has no group in which an actor of dev or test occurs."""

    kind: Literal["by_actor"]
    dev_share: Share
    test_share: Share


class ByDate(Strict):
    """A temporal split: train is before ``dev_from``, dev before ``test_from``, test after it."""

    kind: Literal["by_date"]
    dev_from: date
    test_from: date

    @model_validator(mode="after")
    def _dates_are_in_order(self) -> "ByDate":
        if self.dev_from > self.test_from:
            raise ValueError(
                f"dev_from: must not be after test_from ({self.test_from}), got {self.dev_from}."
            )
        return self


class KFold(Strict):
    """Grouped k-fold cross-validation: each fold is the test set once."""

    kind: Literal["k_fold"]
    k: Annotated[int, Field(ge=2, le=50)]


class LeaveStratumOut(Strict):
    """Leave-one-group-out by stratum: each codebook is the test set once, the rest is train.

    ``parts`` deals the codebooks into that many parts and leaves out one part at a time: fewer
    fits, each with less to train on. None leaves out one codebook at a time.
    """

    kind: Literal["leave_codebook_out"]
    parts: Annotated[int, Field(ge=2, le=50)] | None = None


class LeaveIssueOut(Strict):
    """Zero-shot: each issue is the test set once; train is the groups without the issue."""

    kind: Literal["leave_issue_out"]


class FewShot(Strict):
    """Few-shot: as `LeaveIssueOut`, but train gets ``shots`` rows of the issue too."""

    kind: Literal["few_shot"]
    shots: Annotated[int, Field(ge=1, le=10_000)]


Protocol = Annotated[
    Official | ByGroup | ByActor | ByDate | KFold | LeaveStratumOut | LeaveIssueOut | FewShot,
    Field(discriminator="kind"),
]
