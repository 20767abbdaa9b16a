"""How much one chat may be owed, and what whoever asks for more is told."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from telegram import Update

from bot.features.shared.visitors import Visitor
from bot.intake.flood_control import Wanted, bound_flood, wanted_by
from bot.services import Services
from storage.facts import LanguageChosen, PersonForgotten, PersonMet
from storage.outcome import Outcome, OwedCall, Toast
from storage.settlements import Sent
from tests.storage.samples import ADA, GROUP, NOW, text
from tests.support.served_chats import said, staffed
from tests.support.services import commit, services_with_cases

MESSAGE = 5
MEMBERS_MOST_OWED, MOST_OWED = 10, 20
SILENT_FROM = 15
TYPED, PRESSED = MESSAGE, None


@pytest.fixture
async def services(tmp_path: Path) -> AsyncIterator[Services]:
    """A bot that has met Ada, who speaks Spanish in groups as well."""
    async with services_with_cases(tmp_path, NOW) as services:
        await commit(services, Outcome((PersonMet(ADA, "en", NOW), LanguageChosen(ADA, "es"))))
        staffed(services)
        yield services


async def owe(services: Services, calls: int, chat_id: int, **more: Any) -> None:
    """A chat is owed so many calls."""
    await commit(services, Outcome(owed=(text(chat_id=chat_id, **more),) * calls))


async def bounded(
    services: Services, outcome: Outcome, *, chat_id: int = GROUP, message_id: int | None = TYPED
) -> Outcome:
    """What comes of what Ada wants in a chat."""
    wanted = Wanted(Visitor(ADA, "en"), chat_id, message_id)
    return await bound_flood(services, wanted, outcome)


ANSWER = Outcome((PersonMet(ADA, "en", NOW),), (text("The answer", GROUP),))


@pytest.mark.parametrize(
    ("chat_id", "administrators", "most"),
    [(GROUP, (), MEMBERS_MOST_OWED), (GROUP, (ADA,), MOST_OWED), (ADA, (), MOST_OWED)],
    ids=["a member", "an administrator", "in private"],
)
async def test_so_many_calls_are_owed_and_no_more(
    services: Services, chat_id: int, administrators: tuple[int, ...], most: int
) -> None:
    """As many as a group is sent in a minute, of which its members take half, so that its
    administrators get through; what goes beyond is answered by a line at most.
    """
    staffed(services, *administrators)
    answer = Outcome(ANSWER.facts, (text("The answer", chat_id),))
    await owe(services, most - 1, chat_id)
    assert await bounded(services, answer, chat_id=chat_id) is answer
    await owe(services, 1, chat_id)
    told = await bounded(services, answer, chat_id=chat_id)
    assert told.facts == (), "what was wanted is not done either"
    (line,) = told.owed
    assert line.chat_id == chat_id
    assert line.params["reply_parameters"]["message_id"] == MESSAGE
    assert said(line).endswith("Inténtalo de nuevo en un minuto.")


@pytest.mark.parametrize("owed", range(MEMBERS_MOST_OWED, MOST_OWED))
async def test_administrators_get_through_beside_members(services: Services, owed: int) -> None:
    """From where members hear no to where administrators do, they alone are answered."""
    await owe(services, owed, GROUP)
    assert await bounded(services, ANSWER) != ANSWER
    staffed(services, ADA)
    assert await bounded(services, ANSWER) is ANSWER


@pytest.mark.parametrize(("owed", "lines"), [(SILENT_FROM - 1, 1), (SILENT_FROM, 0)])
async def test_from_five_beyond_it_on_not_even_a_line_is_added(
    services: Services, owed: int, lines: int
) -> None:
    """Else the lines themselves would pile up."""
    await owe(services, owed, GROUP)
    outcome = await bounded(services, ANSWER)
    assert (outcome.facts, len(outcome.owed), outcome.toast) == ((), lines, None)


@pytest.mark.parametrize("owed", [MEMBERS_MOST_OWED, SILENT_FROM, 10 * SILENT_FROM])
async def test_a_press_is_told_over_the_chat(services: Services, owed: int) -> None:
    """That adds nothing to what is owed, however much that is."""
    await owe(services, owed, GROUP)
    outcome = await bounded(services, ANSWER, message_id=PRESSED)
    assert outcome.owed == ()
    assert outcome.toast is not None
    assert outcome.toast.alert
    assert outcome.toast.text.endswith("Inténtalo de nuevo en un minuto.")


async def test_broadcasts_and_other_chats_bound_nobody(services: Services) -> None:
    """Only what people caused counts, in the chats where this person wants something."""
    await owe(services, 2 * SILENT_FROM, GROUP, broadcast=True)
    await owe(services, 2 * SILENT_FROM, GROUP - 1)
    assert await bounded(services, ANSWER) is ANSWER


async def test_what_was_sent_is_owed_no_more(services: Services) -> None:
    """The bound is on what waits, not on how much somebody asks."""
    await owe(services, MEMBERS_MOST_OWED, GROUP)
    outbox = services.store.outbox
    (first, *_) = await outbox.waiting(0)
    await outbox.settle([Sent(first.id, 1)])
    assert await bounded(services, ANSWER) is ANSWER


async def test_what_a_press_in_a_group_sends_in_private_is_bounded_there(
    services: Services,
) -> None:
    """Where the answer goes counts, not where it was asked for; the group is told nothing new."""
    await owe(services, MOST_OWED, ADA)
    private = Outcome(owed=(text("The explanation", ADA),))
    outcome = await bounded(services, private)
    assert [call.chat_id for call in outcome.owed] == [GROUP]
    assert "The explanation" not in said(outcome.owed[0])


async def test_what_is_for_others_is_never_held_up(services: Services) -> None:
    """Word to administrators, say: a third chat is bounded by nobody else's wishes."""
    await owe(services, SILENT_FROM, 99)
    others = Outcome(owed=(text("A flag was raised", 99),))
    assert await bounded(services, others) is others


async def test_edits_pass(services: Services) -> None:
    """One replaces another, so they cannot pile up."""
    await owe(services, SILENT_FROM, GROUP)
    edit = Outcome(owed=(OwedCall(GROUP, "editMessageText", {"text": "x"}, edit_key="k"),))
    assert await bounded(services, edit) is edit
    both = Outcome(owed=(*edit.owed, *ANSWER.owed))
    assert await bounded(services, both) == Outcome()


async def test_nobody_waits_to_be_forgotten(services: Services) -> None:
    """Whatever else they wanted at once."""
    await owe(services, 2 * MOST_OWED, ADA)
    facts = (PersonMet(ADA, "en", NOW), PersonForgotten(ADA))
    forget = Outcome(facts, (text("Gone.", ADA),), Toast("Gone."))
    assert await bounded(services, forget, chat_id=ADA) is forget


USER = {"id": ADA, "is_bot": False, "first_name": "Ada", "language_code": "es"}
CHAT = {"id": GROUP, "type": "supergroup", "title": "Ward 7"}
WRITTEN = {"message_id": MESSAGE, "date": 1, "chat": CHAT, "text": "/case"}
PRESS = {"id": "1", "chat_instance": "1", "from": USER}


@pytest.mark.parametrize(
    ("update", "wanted"),
    [
        ({"message": {**WRITTEN, "from": USER}}, Wanted(Visitor(ADA, "es"), GROUP, MESSAGE)),
        (
            {"callback_query": {**PRESS, "message": WRITTEN}},
            Wanted(Visitor(ADA, "es"), GROUP, None),
        ),
        ({"callback_query": PRESS}, Wanted(Visitor(ADA, "es"), ADA, None)),
        ({"message": WRITTEN}, None),
        ({"edited_message": {**WRITTEN, "from": USER}}, Wanted(Visitor(ADA, "es"), GROUP, MESSAGE)),
        (
            {
                "poll_answer": {
                    "poll_id": "1",
                    "option_ids": [0],
                    "option_persistent_ids": ["a"],
                    "user": USER,
                }
            },
            None,
        ),
    ],
    ids=["message", "press", "press on a message that is gone", "nobody", "edit", "vote"],
)
def test_messages_edits_and_presses_want_something(
    update: dict[str, Any], wanted: Wanted | None
) -> None:
    """Where they come from; votes never wait, and channels' own posts are nobody's."""
    read = Update.de_json({"update_id": 1, **update}, None)
    assert wanted_by(read) == wanted
