"""A session or an exam begins: its questions are posted to nobody's view but its own."""

import sys
from collections.abc import Sequence

from msgspec import Struct

from bot.base.i18n import Words
from bot.features.cases.private_post import figures_to_keep, post_facts
from bot.features.shared.question_buttons import button_order
from bot.features.sittings.exam import show
from bot.features.sittings.plan import Mode, time_for, warning_at
from bot.features.sittings.study import put_next
from bot.services import Services
from content.snapshot import Snapshot
from storage.facts import Fact
from storage.outcome import Outcome
from storage.sitting_facts import ItemAdded, SittingBegun
from storage.sittings import Sitting, SittingItem


class Beginning(Struct, frozen=True):
    """A sitting of this number about to begin, with these cases; ``spec`` is what was asked for.

    ``last`` is when it ends at the latest, UTC milliseconds; None: nothing but its own time ends
    it.
    """

    number: int
    person_id: int
    mode: Mode
    spec: str
    snapshots: Sequence[Snapshot]
    last: int | None = None
    assignment_id: int | None = None


async def begin(services: Services, beginning: Beginning, words: Words) -> Outcome:
    """The sitting, and its first question."""
    now = services.clock.now()
    facts, items = await _posted(services, beginning)
    deadline = None
    if beginning.mode is Mode.EXAM:
        deadline = min(now + time_for(len(items)), beginning.last or sys.maxsize)
    begun = SittingBegun(
        beginning.number,
        beginning.person_id,
        beginning.mode,
        beginning.spec,
        now,
        deadline,
        None if deadline is None else warning_at(now, deadline),
        beginning.assignment_id,
    )
    added = (
        ItemAdded(beginning.number, one.place, one.post_id, one.position, one.choice_order)
        for one in items
    )
    sitting = Sitting(
        begun.sitting_id,
        begun.person_id,
        begun.mode,
        begun.spec,
        "open",
        now,
        None,
        0,
        deadline,
        None,
        begun.assignment_id,
    )
    first = show if beginning.mode is Mode.EXAM else put_next
    return Outcome((*facts, begun, *added)) + await first(services, sitting, items, words)


async def _posted(services: Services, beginning: Beginning) -> tuple[list[Fact], list[SittingItem]]:
    facts: list[Fact] = []
    items: list[SittingItem] = []
    for snapshot in beginning.snapshots:
        posted, post_id = post_facts(services, snapshot, beginning.person_id, purpose="sitting")
        facts += [*await figures_to_keep(services, snapshot), *posted]
        items += _items(snapshot, post_id, len(items))
    return facts, items


def _items(snapshot: Snapshot, post_id: int, place: int) -> list[SittingItem]:
    return [
        SittingItem(
            place + position,
            post_id,
            position,
            button_order(question, post_id),
            draft=None,
            marked=False,
            locked=False,
            refused=False,
            snapshot=snapshot.to_json(),
            answer=None,
            score=None,
        )
        for position, question in enumerate(snapshot.case.questions)
    ]
