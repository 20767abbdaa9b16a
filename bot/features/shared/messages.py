"""The smallest views: a text message, with or without buttons under it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Generic, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from content.markup import Run, parse, plain, to_html
from content.pages import Part, paginate
from storage.outcome import OwedCall, Quote

Button = dict[str, str]
Keyboard = Sequence[Sequence[Button]]
Rows = list[list[dict[str, Any]]]
"""Buttons that stand under a message already, of whatever kind."""
Item = TypeVar("Item")


MOST_DATA = 64  # bytes that a button can send back


def press(text: str, data: str) -> Button:
    """A button that sends ``data`` (1-64 bytes) back to the bot."""
    return {"text": text, "callback_data": data}


def link(text: str, url: str) -> Button:
    """A button that opens an address."""
    return {"text": text, "url": url}


def markup(keyboard: Keyboard) -> dict[str, Any]:
    """The ``reply_markup`` of an inline keyboard."""
    return {"inline_keyboard": [list(row) for row in keyboard]}


def in_rows(buttons: Iterable[Button], width: int) -> list[list[Button]]:
    """Buttons side by side, ``width`` to a row."""
    flat = list(buttons)
    return [flat[start : start + width] for start in range(0, len(flat), width)]


class ListPage(Struct, Generic[Item], frozen=True):
    """A page of a long list, its number from 0, and the numbers of those beside it, if any."""

    items: Sequence[Item]
    number: int
    before: int | None
    after: int | None

    def turning(self, turn: Callable[[str, int], Button], signs: str) -> list[list[Button]]:
        """A row of buttons that turn the page back and on; no row where this is the only one."""
        ways = zip(signs, (self.before, self.after), strict=True)
        row = [turn(sign, number) for sign, number in ways if number is not None]
        return [row] if row else []


def list_page(items: Sequence[Item], number: int, size: int) -> ListPage[Item]:
    """The page of this number, or the nearest that there is; ``size`` items to a page."""
    last = max(0, (len(items) - 1) // size)
    number = max(0, min(number, last))
    return ListPage(
        items[number * size : (number + 1) * size],
        number,
        number - 1 if number else None,
        number + 1 if number < last else None,
    )


def message(chat_id: int, sentence: str, keyboard: Keyboard = ()) -> OwedCall:
    """One short message in the Markdown subset."""
    return html_message(chat_id, to_html(parse(sentence)), keyboard)


def titled(chat_id: int, title: str, texts: Iterable[str], keyboard: Keyboard = ()) -> OwedCall:
    """A bold line and paragraphs under it, all as they stand, whoever wrote them; none empty."""
    told = [(Run(title, bold=True),), *((plain(text),) for text in texts if text)]
    return html_message(chat_id, to_html(told), keyboard)


def html_message(
    chat_id: int,
    html: str,
    keyboard: Keyboard = (),
    reply_to: int | None = None,
    common: str = "",
) -> OwedCall:
    """One message of finished HTML, 1-4096 characters after entities.

    ``reply_to`` is the id of a message of the chat, which may have been deleted meanwhile;
    ``common`` is how the HTML begins for many people.
    """
    params: dict[str, Any] = {
        "text": html,
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
    }
    if keyboard:
        params["reply_markup"] = markup(keyboard)
    if reply_to is not None:
        params["reply_parameters"] = _reply(reply_to)
    return OwedCall(chat_id, "sendMessage", params, common=common)


def pages(
    chat_id: int, parts: Iterable[Part], keyboard: Keyboard = (), reply_to: int | None = None
) -> list[OwedCall]:
    """As many messages as the text needs; buttons stand under the last.

    ``reply_to`` is a message id of the chat that the last page replies to, if it still exists.
    """
    return in_pages(chat_id, paginate(parts), keyboard, reply_to)


def in_pages(
    chat_id: int,
    texts: Sequence[str],
    keyboard: Keyboard = (),
    reply_to: int | None = None,
    common: Sequence[str] = (),
) -> list[OwedCall]:
    """The same, of HTML that is already in messages, one at least.

    ``common`` is how the first of them begin for many people.
    """
    last = len(texts) - 1
    return [
        html_message(
            chat_id,
            html,
            keyboard if place == last else (),
            reply_to if place == last else None,
            common[place] if place < len(common) else "",
        )
        for place, html in enumerate(texts)
    ]


def quoting(call: OwedCall, *said: tuple[int | None, str | None]) -> OwedCall:
    """The same call, known to say this of these people, as far as it does: plain text as shown.

    It is blotted out of what is still owed when one of them has themselves erased.
    """
    html = str(call.params.get("text", call.params.get("caption", "")))
    texts = ((person_id, to_html([(plain((text or "").strip()),)])) for person_id, text in said)
    quotes = {one: Quote(one, text) for one, text in texts if one and text and text in html}
    # Of a person at most one is kept: the first.
    quotes |= {quote.person_id: quote for quote in call.quotes}
    return replace(call, quotes=tuple(quotes.values()))


def replying(call: OwedCall, message_id: int) -> OwedCall:
    """The same call as a reply to a message, which may have been deleted meanwhile."""
    return replace(call, params={**call.params, "reply_parameters": _reply(message_id)})


def _reply(message_id: int) -> dict[str, Any]:
    return {"message_id": message_id, "allow_sending_without_reply": True}


def with_buttons(
    chat_id: int, message_id: int, keyboard: Keyboard, edit_key: str | None = None
) -> OwedCall:
    """These buttons under a message, or none, instead of those that stand there now.

    ``edit_key`` is what all its edits share, where that is not the message itself.
    """
    params = {"message_id": message_id, "reply_markup": markup(keyboard)}
    key = edit_key or _edit_key(chat_id, message_id)
    return OwedCall(chat_id, "editMessageReplyMarkup", params, edit_key=key)


def with_others(
    chat_id: int, message_id: int, rows: Rows | None, instead: Mapping[str, Button]
) -> tuple[OwedCall, ...]:
    """The same buttons under a message, but for those that send back one of these data.

    Nothing, where it is not known which stand there.
    """
    if rows is None:
        return ()
    turned = [[instead.get(one.get("callback_data", ""), one) for one in row] for row in rows]
    return (with_buttons(chat_id, message_id, turned),)


def edited(call: OwedCall, message_id: int) -> OwedCall:
    """A message's text and buttons instead of those that stand there now."""
    return replace(
        call,
        method="editMessageText",
        params={**call.params, "message_id": message_id},
        edit_key=_edit_key(call.chat_id, message_id),
    )


def delete(chat_id: int, message_ids: Sequence[int]) -> OwedCall:
    """These messages go, as far as they are there; up to 100."""
    return OwedCall(chat_id, "deleteMessages", {"message_ids": list(message_ids)})


def _edit_key(chat_id: int, message_id: int) -> str:
    return f"message:{chat_id}:{message_id}"
