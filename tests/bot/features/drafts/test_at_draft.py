"""Where an author is at a draft: which message shows it, and which comes in its place."""

import pytest

from bot.features.drafts.at_draft import at_draft
from bot.features.shared.messages import message
from bot.services import Services
from storage.draft_facts import DraftPageAt
from storage.drafts import page_key
from storage.outcome import Outcome, OwedCall
from tests.storage.samples import ADA
from tests.support.authors import DRAFT, keep_draft, make_authors, visit
from tests.support.services import commit

PAGE, NEXT = 70, 71


async def shown(services: Services, under: int | None) -> list[tuple[str, object]]:
    """What showing the draft comes to: each call with the messages that it is about."""
    at = await at_draft(services, await visit(services), DRAFT, under)
    assert at is not None
    done = at.showing(message(ADA, "A page."))
    about = ("message_id", "message_ids")
    return [
        (call.method, next((call.params[one] for one in about if one in call.params), None))
        for call in done.owed
    ]


ANEW = ("sendMessage", None)


@pytest.mark.parametrize(
    ("owed", "under", "calls"),
    [
        (False, None, [("deleteMessages", [PAGE]), ANEW]),
        (False, PAGE, [("editMessageText", PAGE)]),
        (False, NEXT, [("deleteMessages", [PAGE]), ("editMessageText", NEXT)]),
        (True, None, [ANEW]),
        (True, PAGE, [("deleteMessages", [PAGE]), ANEW]),
        (True, NEXT, [("deleteMessages", [PAGE]), ("editMessageText", NEXT)]),
    ],
)
async def test_one_page_is_left_in_the_chat(
    services: Services, owed: bool, under: int | None, calls: list[tuple[str, object]]
) -> None:
    """Where a button was pressed; but a known page goes once one that is owed already is there.

    A press under a message that is not on record was under that one.
    """
    await make_authors(services, ADA)
    await keep_draft(services, read=True)
    page = OwedCall(ADA, "sendMessage", {"text": "page"}, edit_key=page_key(DRAFT))
    await commit(services, Outcome((DraftPageAt(DRAFT, PAGE),), (page,) if owed else ()))
    assert await shown(services, under) == calls
