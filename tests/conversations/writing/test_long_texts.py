"""Messages as long as Telegram takes them, in scripts and signs that count otherwise."""

import json

import pytest

from bot.settings import Settings
from tests.conversations.writing.conftest import all_said, answered, press, pressed
from tests.support.database import query
from tests.support.sandbox import Person
from tests.support.seeing import asked, is_poll, says, text_of

WORDS = {
    "arabic": "مريضة عمرها ٦٤ سنة 🩺👩🏽‍⚕️ لديها كتل صلبة تحت الجلد. ",
    "hebrew": "אישה בת 64 עם גושים קשים 🦴🏴󠁧󠁢󠁳󠁣󠁴󠁿 מתחת לעור. ",
    "emoji": "🧠🫀🫁🦷🦴👁️‍🗨️",
}


def long(script: str, ending: str = "") -> str:
    """As many characters as Telegram takes in one message: it counts code points."""
    return (WORDS[script] * 900)[: 4096 - len(ending)] + ending


@pytest.mark.parametrize("script", WORDS)
async def test_a_message_as_long_as_can_be(ada: Person, at_work: Settings, script: str) -> None:
    """As a text, edited, as a part, and as what is shown of it: no word is lost, no page fails."""
    question = "\n\nكيف تسمى؟\nA. شحم\nB. كلس\nC. يورات\n\nAnswer: B"
    await asked(ada, "/write", "Send it now")
    sent = await ada.send(long(script, question))
    page = await ada.wait_for(says("1 message taken"), after=sent["message_id"])
    await press(ada, page, "Done")
    page = await ada.wait_for(says("Draft: "))
    page = await pressed(ada, page, "Change a part", "Which part")
    page = await pressed(ada, page, "Vignette", "Now it says:")
    page = await answered(ada, long(script, "!"), "Changed: Vignette.")
    await ada.edit(sent, long(script, question.replace("شحم", "دهن")))
    page = await ada.wait_for(says("Changed: Text."))
    await press(ada, page, "Show it")
    await ada.wait_for(is_poll)
    for message in await all_said(ada):
        assert len(text_of(message)) <= 4096
    ((document,),) = query(at_work.database, "SELECT document FROM drafts")
    assert long(script, "!") in json.loads(document)["changes"][0]["value"]
