"""What a codebook says of how its actors and issues hang together."""

from collections.abc import Mapping
from dataclasses import dataclass

from standpoint.codebook import Codebook


@dataclass(frozen=True, slots=True)
class Ties:
    """What a codebook says of its actors: whom an issue is about, and for whom somebody speaks."""

    about: Mapping[str, str]
    member_of: Mapping[str, str]

    @classmethod
    def of(cls, codebook: Codebook) -> "Ties":
        """The actor of each issue that has one, and the actor of which each member is one."""
        about = {issue.id: issue.about for issue in codebook.issues if issue.about}
        return cls(about, {a.id: a.member_of for a in codebook.actors if a.member_of})


NO_TIES = Ties({}, {})
