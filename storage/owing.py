"""Owed calls as rows: numbered in the order in which they are owed, and common texts kept once."""

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any

from msgspec import Struct
from msgspec.json import Encoder
from msgspec.structs import astuple

from storage.database import Parameters, Statement
from storage.errors import RejectedError
from storage.outcome import OwedCall

_OWE = """
    INSERT INTO outbox (id, chat_id, method, params, text, text_digest, broadcast, reply_to,
                        edit_key, post_id, position, fingerprint, owed_at, about_post,
                        about_position)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_QUOTE = "INSERT INTO quotes VALUES (?, ?, ?)"
_KEEP_TEXT = "INSERT INTO texts VALUES (?, ?) ON CONFLICT DO NOTHING"
_REPLACE = "DELETE FROM outbox WHERE edit_key = ? AND state = 'owed'"
# Where among a call's params stands what its message is: of which item the card; of which live
# round the panel, or the question on whose phone; which draft it shows, and how.
CARD = "$card"
PANEL = "$panel"
PHONE = "$phone"
DRAFT = "$draft"
AFTERWARDS = "$afterwards"  # where among a call's params stands what is owed after it
_JSON = Encoder()


class _Numbered(Struct, frozen=True):
    """A call with its number, and that of the first call of its Outcome."""

    call: OwedCall
    number: int
    first: int


class Owing:
    """Writes owed calls down; ``last_id`` is the highest number that the outbox ever gave."""

    def __init__(self, last_id: int) -> None:
        self._last_id = last_id
        self._kept: set[str] = set()

    def forget_texts(self) -> None:
        """Texts may be missing that were kept: they are to be written again."""
        self._kept.clear()

    def statements(self, owed: Sequence[tuple[OwedCall, ...]], now: int) -> Iterator[Statement]:
        """What writes the calls of these Outcomes into the outbox. Raises RejectedError."""
        numbered = [each for calls in owed if calls for each in self._numbered(calls)]
        newest = {
            each.call.edit_key: each.number for each in numbered if each.call.edit_key is not None
        }
        if newest:
            yield _REPLACE, [(edit_key,) for edit_key in newest]
        rows: list[Parameters] = []
        quotes: list[Parameters] = []
        texts: dict[str, str] = {}
        for each in numbered:
            key = each.call.edit_key
            if key is None or newest[key] == each.number:
                rows.append(self._row(each, now, texts))
                quotes += [(each.number, *astuple(quote)) for quote in each.call.quotes]
        if texts:
            yield _KEEP_TEXT, list(texts.items())
        if rows:
            yield _OWE, rows
        if quotes:
            yield _QUOTE, quotes

    def _numbered(self, calls: Sequence[OwedCall]) -> list[_Numbered]:
        first = self._last_id + 1
        self._last_id += len(calls)
        return [_Numbered(call, first + place, first) for place, call in enumerate(calls)]

    def _row(self, numbered: _Numbered, now: int, texts: dict[str, str]) -> tuple[object, ...]:
        """A call as it is kept; how its text begins for many goes to ``texts``, by its digest."""
        call, poll, params = numbered.call, numbered.call.poll, dict(numbered.call.params)
        about = call.about or poll
        text = params.pop("text") if isinstance(params.get("text"), str) else None
        if call.afterwards is not None:
            params[AFTERWARDS] = call.afterwards
        kept = {CARD: call.card, PANEL: call.panel, PHONE: call.phone, DRAFT: call.draft}
        params |= {name: what for name, what in kept.items() if what is not None}
        digest = None
        if call.common and text is not None and text.startswith(call.common):
            digest, text = _digest(call.common), text[len(call.common) :]
            if digest not in self._kept:
                self._kept.add(digest)
                texts[digest] = call.common
        return (
            numbered.number,
            call.chat_id,
            call.method,
            _as_json(params),
            text,
            digest,
            call.broadcast,
            None if call.reply_to is None else numbered.first + call.reply_to,
            call.edit_key,
            poll and poll.post_id,
            poll and poll.position,
            poll and poll.fingerprint,
            now,
            about and about.post_id,
            about and about.position,
        )


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _as_json(params: Mapping[str, Any]) -> str:
    try:
        return _JSON.encode(params).decode()
    except (TypeError, ValueError):
        # Their messages may quote the value.
        raise RejectedError("a call's parameters cannot be written as JSON") from None
