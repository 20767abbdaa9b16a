"""A learner gets the case they asked for, or hears why there is none."""

from collections.abc import Collection

from msgspec.structs import replace

from bot.features.cases import case_replies_view
from bot.features.cases.case_view import Destination, opening
from bot.features.cases.choose_case import AllRight, AllSeen, AnyUnseen, NoSuchCase, Wish, choose
from bot.features.shared.visitors import Visit
from bot.services import Services
from content.model import Case
from content.snapshot import Snapshot
from storage.facts import CasePosted, Fact, FigureKept, SnapshotTaken
from storage.outcome import Outcome


async def send_case(services: Services, visit: Visit, wish: Wish) -> Outcome:
    """Send the case that was wished for, or say kindly why there is none."""
    progress = await services.store.people.progress(visit.person_id)
    found = choose(wish, services.library, progress, visit.person_id)
    match found:
        case Case():
            return await _posted(services, visit, found)
        case AllSeen(topic, to_repeat):
            call = case_replies_view.all_seen(visit.person_id, topic, to_repeat, visit.words)
        case AllRight():
            call = case_replies_view.all_right(visit.person_id, visit.words)
        case NoSuchCase():
            call = case_replies_view.no_such_case(visit.person_id, visit.words)
    return Outcome((visit.met,), (call,))


async def another_case(
    services: Services, visit: Visit, without: Collection[str] | None
) -> Outcome:
    """Say that Telegram would not take a case, and send one but these; none where that is None."""
    found = None
    if without is not None:
        progress = await services.store.people.progress(visit.person_id)
        seen = {**dict.fromkeys(without, services.clock.now()), **progress.seen}
        found = choose(AnyUnseen(), services.library, replace(progress, seen=seen), visit.person_id)
    other = found if isinstance(found, Case) else None
    line = case_replies_view.case_refused(visit.person_id, visit.words, other=other is not None)
    said = Outcome(owed=(line,))
    return said if other is None else said + await _posted(services, visit, other)


async def _posted(services: Services, visit: Visit, case: Case) -> Outcome:
    snapshot = services.library.snapshot(case)
    facts, post_id = post_facts(services, snapshot, visit.person_id)
    return Outcome(
        (visit.met, *await figures_to_keep(services, snapshot), *facts),
        tuple(opening(snapshot, Destination(post_id, visit.person_id))),
    )


def post_facts(
    services: Services, snapshot: Snapshot, person_id: int, *, due_at: int | None = None
) -> tuple[tuple[Fact, ...], int]:
    """The facts of a post in a private chat, and the new post's id.

    ``due_at`` (milliseconds): the learner's daily case was due then.
    """
    now = services.clock.now()
    post_id = services.post_ids.new(now)
    taken = SnapshotTaken(snapshot.digest, snapshot.to_json(), now)
    posted = CasePosted(
        post_id, person_id, person_id, snapshot.case.id, snapshot.digest, now, due_at=due_at
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
