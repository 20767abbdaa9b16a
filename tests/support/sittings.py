"""Ada's sessions and exams, as rules find them: begun, pressed in, and looked at."""

import re

from bot.features.shared.visitors import Visit, Visitor, receive
from bot.features.sittings import presses, set_up
from bot.features.sittings.plan import CaseSource, Mode, Plan
from bot.features.sittings.sitting_buttons import SittingPress, SittingVerb
from bot.services import Services
from storage.outcome import Outcome, OwedCall
from storage.sittings import Sitting, SittingItem
from tests.storage.samples import ADA
from tests.support import served_chats
from tests.support.services import commit

SCREEN = 501
"""The message under which she presses."""


def said(call: OwedCall) -> str:
    """What a call says, as it is read."""
    return re.sub(r"<[^>]*>", "", served_chats.said(call))


def labels(outcome: Outcome) -> list[str]:
    """What stands on the buttons of its first call."""
    return [button["text"] for row in served_chats.button_rows(outcome.owed[0]) for button in row]


async def visit(services: Services, person_id: int = ADA) -> Visit:
    """Ada comes, or somebody else."""
    return await receive(services, Visitor(person_id, "en"))


async def begin(
    services: Services,
    mode: Mode = Mode.EXAM,
    source: CaseSource = CaseSource.UNSEEN,
    size: int = 5,
) -> Outcome:
    """Ada begins; it is on record."""
    plan = Plan(size, source, mode)
    return await commit(
        services, await set_up.start(services, await visit(services), str(plan), SCREEN)
    )


async def current(services: Services) -> Sitting:
    """What Ada has open."""
    sitting = await services.store.sittings.current(ADA)
    assert sitting is not None
    return sitting


async def items(services: Services, sitting: Sitting) -> list[SittingItem]:
    """Its questions, as they are now."""
    return await services.store.sittings.items(sitting.id)


async def press(
    services: Services,
    sitting: Sitting,
    verb: SittingVerb,
    place: int = 0,
    choice: int = 0,
    person_id: int = ADA,
) -> Outcome:
    """Ada presses a button, or somebody else does; what it comes to is on record."""
    data = str(SittingPress(sitting.id, verb, place, choice))
    who = await visit(services, person_id)
    return await commit(services, await presses.press(services, who, data, SCREEN))
