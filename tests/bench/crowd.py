"""Learners who have a case before them, and the votes that they are about to cast."""

import random
from collections.abc import Sequence
from typing import Any

from bot.features.cases.case_view import Destination, opening
from bot.features.cases.private_post import post_facts
from bot.services import Services
from content.grading import needs_multiple
from content.model import Case
from storage.facts import PersonMet
from storage.ledger import Entry
from storage.outcome import Outcome
from storage.settlements import Sent, SentPoll

SEED = 6
_TOGETHER = 500


async def seat(services: Services, people: Sequence[int]) -> list[dict[str, Any]]:
    """Give each of them a case, as if it had been sent, and tell how they will vote in it.

    The database afterwards is as the bot leaves it. The votes fall on all cases of the library
    whose first question has one answer, and on all their choices.
    """
    dice = random.Random(SEED)
    cases = [
        case for case in services.library.cases.values() if not needs_multiple(case.questions[0])
    ]
    votes: list[dict[str, Any]] = []
    for start in range(0, len(people), _TOGETHER):
        entries = []
        for person_id in people[start : start + _TOGETHER]:
            case = dice.choice(cases)
            entries.append(_given(services, person_id, case))
            option = dice.randrange(len(case.questions[0].choices))
            votes.append({"person": person_id, "poll": f"poll-{person_id}", "option": option})
        now = services.clock.now()
        await services.store.ledger.commit(entries, now)
        waiting = [row.id for row in await services.store.outbox.waiting(0)]
        rows = await services.store.outbox.begin(waiting, now)
        await services.store.outbox.settle(
            [
                Sent(
                    row.id,
                    message_id=row.id,
                    poll=SentPoll(f"poll-{row.chat_id}", now) if row.poll else None,
                    sent_at=now,
                )
                for row in rows
            ]
        )
    return votes


def _given(services: Services, person_id: int, case: Case) -> Entry:
    snapshot = services.library.snapshot(case)
    facts, post_id = post_facts(services, snapshot, person_id)
    met = PersonMet(person_id, "en", services.clock.now())
    return Entry(Outcome((met, *facts), tuple(opening(snapshot, Destination(post_id, person_id)))))
