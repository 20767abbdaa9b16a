"""A case that is given to a learner in private: what is recorded of it."""

from bot.services import Services
from content.snapshot import Snapshot
from storage.case_facts import CasePosted, FigureKept, SnapshotTaken
from storage.facts import Fact


def post_facts(
    services: Services,
    snapshot: Snapshot,
    person_id: int,
    *,
    due_at: int | None = None,
    purpose: str = "case",
) -> tuple[tuple[Fact, ...], int]:
    """The facts of a post in a private chat, and the new post's id.

    ``due_at`` (milliseconds): the learner's daily case was due then. ``purpose`` as in CasePosted.
    """
    now = services.clock.now()
    post_id = services.post_ids.new(now)
    taken = SnapshotTaken(snapshot.digest, snapshot.to_json(), now)
    posted = CasePosted(
        *(post_id, person_id, person_id, snapshot.case.id, snapshot.digest, now),
        due_at=due_at,
        purpose=purpose,
        variant=snapshot.variant,
    )
    return (taken, posted), post_id


async def figures_to_keep(services: Services, snapshot: Snapshot) -> list[FigureKept]:
    """The figures of a case whose bytes storage does not have yet."""
    kept = await services.store.figures.kept(snapshot.figures)
    return [
        FigureKept(sha256, content)
        for sha256 in dict.fromkeys(snapshot.figures)
        if sha256 not in kept and (content := services.library.figure(sha256)) is not None
    ]
