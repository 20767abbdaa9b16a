"""Cases saved, no longer saved, and passed on."""

from typing import Any

import pytest

from bot.base.i18n import Languages
from bot.features.finding.saved import SavePress, save, saved, share
from bot.features.shared.question_buttons import QuestionRef, under_explanation
from bot.services import Services
from content.codes import case_code
from content.figure_bytes import FigureBytes
from storage.outcome import Outcome
from tests.bot.features.cases.test_open_case import ada
from tests.storage.samples import ADA
from tests.support.served_chats import button_rows, later, said
from tests.support.services import commit

CODE = case_code("made-3")
ENGLISH = Languages.load().words["en"]


async def pressed(
    services: Services, data: str, rows: list[list[dict[str, Any]]] | None
) -> Outcome:
    """What comes of a press under a message with these buttons; it is on record."""
    verb, _, code = data.partition(":")
    later(services, 1)
    outcome = save(services, await ada(services), SavePress(data, code, verb == "save", 7, rows))
    return await commit(services, outcome)


async def test_an_explanation_s_button_saves_and_turns(services: Services) -> None:
    """The other buttons stay; pressed again it is no longer saved."""
    case = services.library.cases["made-3"]
    rows = [[*row] for row in under_explanation(QuestionRef(1, 1), case, {ADA}, ENGLISH)]
    assert rows[0] == [
        {"text": "Save", "callback_data": f"save:{CODE}"},
        {"text": "Share", "callback_data": f"share:{CODE}"},
    ]
    outcome = await pressed(services, f"save:{CODE}", rows)
    assert outcome.toast is not None
    assert outcome.toast.text == "Saved. /saved lists your cases."
    turned = button_rows(outcome.owed[0])
    assert turned[0][0] == {"text": "✓ Saved", "callback_data": f"unsave:{CODE}"}
    assert turned[0][1:] + turned[1:] == rows[0][1:] + rows[1:]
    assert await services.store.people.saved(ADA) == ["made-3"]
    outcome = await pressed(services, f"unsave:{CODE}", turned)
    assert button_rows(outcome.owed[0]) == rows
    assert await services.store.people.saved(ADA) == []


async def test_where_the_buttons_are_not_known_the_case_is_saved(services: Services) -> None:
    """Of messages long ago Telegram tells no more; and saving twice is saving once."""
    for _ in range(2):
        assert (await pressed(services, f"save:{CODE}", None)).owed == ()
    assert await services.store.people.saved(ADA) == ["made-3"]


async def test_saved_cases_are_listed_and_can_be_taken_off(services: Services) -> None:
    """The latest first; a case that the library has no more is not among them."""
    (none,) = (await saved(services, await ada(services))).owed
    assert said(none) == "You have saved no case yet. “Save” stands under each explanation."
    for number in (1, 3, 2):
        await pressed(services, f"save:{case_code(f'made-{number}')}", None)
    kept = {name: case for name, case in services.library.cases.items() if name != "made-1"}
    services.library = type(services.library)(
        kept, (), {case_code(n): n for n in kept}, {}, FigureBytes()
    )
    (call,) = (await saved(services, await ada(services))).owed
    rows = button_rows(call)
    assert [row[0]["text"] for row in rows] == ["Made case 2", "Made case 3"]
    assert rows[1][0]["callback_data"] == f"case:{CODE}"
    outcome = await pressed(services, rows[1][1]["callback_data"], rows)
    assert button_rows(outcome.owed[0])[1][1]["text"] == "Save"
    assert await services.store.people.saved(ADA) == ["made-2", "made-1"]


async def test_a_case_is_shared_as_a_message_to_forward(services: Services) -> None:
    """Title and link, and nothing that would give the answer away."""
    outcome = share(services, await ada(services), CODE)
    (call,) = outcome.owed
    link = f"https://t.me/morning_report_bot?start=case_{CODE}"
    assert said(call) == f"<b>Made case 3</b>\n\nA clinical case to solve: {link}"
    assert "reply_markup" not in call.params


@pytest.mark.parametrize("data", ["save:nonsense", "unsave:", "share:nonsense"])
async def test_an_unknown_case_is_an_old_button(services: Services, data: str) -> None:
    """It has left the library."""
    who = await ada(services)
    code = data.partition(":")[2]
    outcome = (
        share(services, who, code)
        if data.startswith("share")
        else await pressed(services, data, [])
    )
    assert outcome.owed == ()
    assert outcome.toast is not None
    assert "no longer works" in (outcome.toast.text or "")
