"""Finding the body that a command or page is about."""

from candour.organisation.models import Body
from candour.rules.refusals import NotThere, WrongInput


def body(slug: str | None) -> Body:
    """Return the body called `slug`; with None the only one there is. Raises NotThere or WrongInput."""
    if slug is not None:
        found = Body.objects.filter(slug=slug).first()
        if found is None:
            raise NotThere(f"there is no body called {slug!r}; `candour init` makes one")
        return found
    bodies = list(Body.objects.order_by("slug")[:20])
    if not bodies:
        raise NotThere("there is no body yet; make one with `candour init --name NAME --slug SLUG`")
    if len(bodies) > 1:
        raise WrongInput("there are several bodies; say which with --body " + "|".join(one.slug for one in bodies))
    return bodies[0]


def all_bodies() -> list[Body]:
    """Return every body, by name."""
    return list(Body.objects.order_by("name"))
