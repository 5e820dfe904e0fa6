"""What staff's pages have in common: a note of what was done, and links to sign in."""

from grader.serve import clock, people
from grader.serve.people import Account
from grader.serve.web.site import Site


def link(site: Site, code: str) -> str:
    """Return what signs somebody in; the code is in the fragment, which is sent to no server."""
    return f"{site.course.address}/sign-in#{code}"


async def note(site: Site, who: Account, what: str, about: str) -> None:
    """Keep for ever that a member of staff did something."""
    await site.change(people.noted, who.account, what, about, clock.now())
