"""``[protocol]`` of a run config: how train and test are told apart."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Share = Annotated[float, Field(gt=0, lt=0.9)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Official(_Strict):
    """The splits the data set's owner made.

    ``dev_share`` takes whole groups of train for dev where the owner made none;
    ``refit_with_dev`` fits once more on train and dev before test is scored.
    """

    kind: Literal["official"]
    train: str
    dev: tuple[str, ...] = ()
    dev_share: Share | None = None
    test: tuple[str, ...] = Field(min_length=1)
    refit_with_dev: bool = False

    @model_validator(mode="after")
    def _splits_are_apart(self) -> "Official":
        names = [self.train, *self.dev, *self.test]
        if len(set(names)) < len(names):
            raise ValueError(f"train, dev, test: must be different splits, got {', '.join(names)}.")
        return self

    @model_validator(mode="after")
    def _dev_comes_from_one_place(self) -> "Official":
        if self.dev and self.dev_share is not None:
            raise ValueError("dev_share: must be left out where dev names splits, got both.")
        return self


class ByGroup(_Strict):
    """Whole groups (articles) to train, dev or test, in like shares from each stratum."""

    kind: Literal["by_group"]
    dev_share: Share
    test_share: Share


class ByActor(_Strict):
    """Whole actors to dev or test; train is the rows of groups that hold none of their rows."""

    kind: Literal["by_actor"]
    dev_share: Share
    test_share: Share


class ByDate(_Strict):
    """Train before ``dev_from``, dev from there to ``test_from``, test from there on."""

    kind: Literal["by_date"]
    dev_from: date
    test_from: date

    @model_validator(mode="after")
    def _in_order(self) -> "ByDate":
        if self.dev_from > self.test_from:
            raise ValueError(
                f"dev_from: must not be after test_from ({self.test_from}), got {self.dev_from}."
            )
        return self


class KFold(_Strict):
    """Groups dealt into ``k`` folds, each the test set once."""

    kind: Literal["k_fold"]
    k: Annotated[int, Field(ge=2, le=50)]


class LeaveStratumOut(_Strict):
    """Each stratum (codebook) is the test set once, with the rest to train on.

    ``parts`` deals the codebooks into so many parts and leaves out one part at a time: fewer fits,
    each with a little less to train on. None leaves out one codebook at a time.
    """

    kind: Literal["leave_codebook_out"]
    parts: Annotated[int, Field(ge=2, le=50)] | None = None


class LeaveIssueOut(_Strict):
    """Each issue is the test set once; train is the groups that do not speak of it."""

    kind: Literal["leave_issue_out"]


class FewShot(_Strict):
    """Each issue is the test set once, but for ``shots`` of its rows, which train gets."""

    kind: Literal["few_shot"]
    shots: Annotated[int, Field(ge=1, le=10_000)]


Protocol = Annotated[
    Official | ByGroup | ByActor | ByDate | KFold | LeaveStratumOut | LeaveIssueOut | FewShot,
    Field(discriminator="kind"),
]
