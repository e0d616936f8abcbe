"""Use cases of the programme's versions: read them, put one in force, go back to an older one."""

from loyalty.domain.errors import NotFound
from loyalty.domain.programme import Publication
from loyalty.ports import Mall


def show_programme(mall: Mall, version: int | None = None) -> Publication:
    """Return a version of the rules, or the one in force.

    Raises:
        NotFound: there is none.
    """
    publication = mall.programmes.publication(version)
    if publication is None:
        raise NotFound("There is no such version of the programme.")
    return publication
