"""The challenger: a candidate model that takes the champion's place in shadow mode."""

from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from standpoint.errors import InputError, NoChampionError
from standpoint.labels import Task
from standpoint.model import (
    Champion,
    Champions,
    Encoder,
    Served,
    find_encoder,
    load_bundle,
    load_champions,
)


@dataclass(frozen=True, slots=True)
class Challenger:
    """A model that is compared with the champion on live requests.

    Attributes
    ----------
    encoder : the shared one; None where the bundle holds its own
    share : of the requests that it labels too, 0 to 1
    """

    champion: Champion
    encoder: Encoder | None
    share: float

    @property
    def task(self) -> Task:
        """The task of its model."""
        return self.champion.model.task

    def replacing(self, champions: Champions) -> Champions:
        """The champions, with the challenger in place of the champion of its task."""
        encoder = champions.encoder or self.encoder
        return replace(champions, encoder=encoder, **{self.task: self.champion})


def load_challenger(
    models_dir: Path, bundle: Path, *, share: float, serving: str | None = None
) -> Challenger:
    """Load a bundle as the challenger.

    Its version is the name of its folder where that is a number, else 0.

    Parameters
    ----------
    serving : the model that serves, see `find_served`

    Raises
    ------
    InputError
        it reads another encoder than the champions share
    """
    model = load_bundle(bundle)
    digest = model.manifest.encoder if model.encoder is None else None
    encoder = find_encoder(models_dir, digest=digest) if digest else None
    with suppress(NoChampionError):
        shared = load_champions(models_dir, model=serving).encoder
        if encoder and shared and shared.digest != encoder.digest:
            raise InputError(
                f"--challenger: must read the champions' encoder {shared.digest[:16]} or bring "
                f"its own, got one that reads {encoder.digest[:16]}. Train it with that encoder."
            )
    version = int(bundle.name) if bundle.name.isdigit() else 0
    served = Served("champion" if version else "bundle", bundle, version)
    return Challenger(Champion(model, served), encoder, share)
