"""Messages in private as they are read for drafts."""

from typing import Any

import pytest
from telegram import Message

from bot.features.drafts.sent_message import MessageKind
from bot.routes.writing import sent_message


def message(**fields: Any) -> Message:
    """As Telegram sends it."""
    chat = {"id": 7, "type": "private"}
    sender = {"id": 7, "is_bot": False, "first_name": "Ada"}
    return Message.de_json(
        {"message_id": 5, "date": 1, "chat": chat, "from": sender, **fields}, None
    )


def test_addresses_behind_words_are_words_too() -> None:
    """Wherever they stand, behind letters that take two units of UTF-16."""
    links = [
        {"type": "text_link", "offset": 3, "length": 4, "url": "https://doi.org/10.1000/182"},
        {"type": "bold", "offset": 0, "length": 7},
        {"type": "text_link", "offset": 8, "length": 4, "url": "https://example.org/"},
    ]
    sent = sent_message(message(text="🦉 Owls and more", entities=links))
    assert sent.text == "🦉 Owls (https://doi.org/10.1000/182) and  (https://example.org/)more"
    assert sent_message(message(text="Owls")).text == "Owls"


@pytest.mark.parametrize(
    ("fields", "kind", "words"),
    [
        ({"text": "Lumps"}, MessageKind.WORDS, "Lumps"),
        (
            {
                "photo": [{"file_id": "a", "file_unique_id": "a", "width": 1, "height": 1}],
                "caption": "Lumps",
            },
            MessageKind.PICTURE,
            "Lumps",
        ),
        (
            {"voice": {"file_id": "a", "file_unique_id": "a", "duration": 1}},
            MessageKind.OTHER,
            "",
        ),
        (
            {"document": {"file_id": "a", "file_unique_id": "a", "file_name": "../x.docx"}},
            MessageKind.OTHER,
            "",
        ),
    ],
)
def test_what_a_message_is(fields: dict[str, Any], kind: MessageKind, words: str) -> None:
    """Only a document is to be fetched."""
    sent = sent_message(message(**fields))
    assert (sent.message_id, sent.kind, sent.words) == (5, kind, words)
    assert (sent.file is not None) == ("document" in fields)
