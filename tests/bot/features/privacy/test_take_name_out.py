"""Messages in groups out of which a name is taken."""

from bot.features.privacy.take_name_out import take_name_out
from storage.chat_facts import NameTakenOut
from storage.namings import NamingMessage
from storage.outcome import Quote
from tests.storage.samples import BEN, GROUP

QUOTES = (Quote(BEN, "2. Ben"),)


def test_a_text_is_edited_where_it_stands() -> None:
    """With its buttons, behind what people wait for, known to name the others."""
    kept = {"text": "…\n2. Ben", "parse_mode": "HTML", "reply_markup": {"inline_keyboard": []}}
    posted = NamingMessage(GROUP, 5, {**kept, "disable_notification": True}, QUOTES)
    outcome = take_name_out(posted)
    assert outcome.facts == (NameTakenOut(GROUP, 5),)
    (call,) = outcome.owed
    assert (call.method, call.params) == ("editMessageText", {**kept, "message_id": 5})
    assert (call.broadcast, call.quotes) == (True, QUOTES)


def test_a_caption_is_edited_as_one() -> None:
    """Below its picture, which stays."""
    posted = NamingMessage(GROUP, 5, {"caption": "…", "photo": {"$figure": "hash"}}, ())
    (call,) = take_name_out(posted).owed
    assert (call.method, call.params) == ("editMessageCaption", {"caption": "…", "message_id": 5})
