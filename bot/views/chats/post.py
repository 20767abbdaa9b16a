"""A question put to a group or channel, as a poll or as a post with buttons."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.chat_settings import ChatSettings, Layout
from bot.i18n import Words
from bot.views.case import Place, figures, next_question, opening
from bot.views.chats.buttons import (
    QuestionRef,
    choice_buttons,
    explanation_button,
    stands_in_text,
)
from bot.views.messages import Keyboard, markup, pages
from content.layout import DESCRIPTION_LENGTH, description
from content.markup import Paragraph, Run, parse, plain, telegram_length, to_html, visible
from content.model import Question
from content.pages import MESSAGE_LENGTH, Part
from content.snapshot import Snapshot
from storage.outcome import OwedCall, PollIntent


@dataclass(frozen=True, slots=True)
class Put:
    """A question on its way to a chat. ``order`` is that of its buttons."""

    snapshot: Snapshot
    position: int
    place: Place
    layout: Layout
    order: tuple[int, ...]

    @property
    def ref(self) -> QuestionRef:
        """What its buttons call it."""
        return QuestionRef(self.place.post_id, self.position)


def question_calls(
    put: Put, settings: ChatSettings, words: Words, *, broadcast: bool
) -> tuple[OwedCall, ...]:
    """The calls that put the question, the case before it where it is the first."""
    if put.layout is Layout.BUTTONS:
        calls = _with_buttons(put, words)
    else:
        calls = _as_poll(put, settings, words)
    thread = {} if settings.thread_id is None else {"message_thread_id": settings.thread_id}
    return tuple(
        replace(call, params={**call.params, **thread}, broadcast=broadcast) for call in calls
    )


def _as_poll(put: Put, settings: ChatSettings, words: Words) -> list[OwedCall]:
    if put.position == 0:
        calls = opening(put.snapshot, put.place)
    else:
        calls = next_question(put.snapshot.case, put.position, put.place)
    more: dict[str, Any] = {
        "is_anonymous": put.layout is Layout.ANONYMOUS,
        "open_period": settings.open_for,
        "hide_results_until_closes": settings.hide_results,
    }
    if put.layout is Layout.POLL:
        more["reply_markup"] = markup(explanation_button(put.ref, words))
    poll = calls[-1]
    return [*calls[:-1], replace(poll, params={**poll.params, **more})]


def _with_buttons(put: Put, words: Words) -> list[OwedCall]:
    """A photo with everything in its caption where it fits; else figures, then the text."""
    chat_id, text = put.place.chat_id, _text(put)
    pictures = put.snapshot.figures if put.position == 0 else ()
    keyboard = choice_buttons(_question(put), put.ref, put.order, {}, words)
    intent = PollIntent(put.place.post_id, put.position, None)
    if _in_caption(put, text):
        params = {
            "photo": {"$figure": pictures[0]},
            "caption": to_html(text),
            "parse_mode": "HTML",
            "reply_markup": markup(keyboard),
        }
        return [OwedCall(chat_id, "sendPhoto", params, poll=intent)]
    calls = figures(put.snapshot, chat_id) if pictures else []
    calls += pages(chat_id, [Part(text)], keyboard)
    calls[-1] = replace(calls[-1], poll=intent)
    return calls


def _in_caption(put: Put, text: tuple[Paragraph, ...]) -> bool:
    one_picture = put.position == 0 and len(put.snapshot.figures) == 1
    return one_picture and telegram_length(visible(text)) <= DESCRIPTION_LENGTH


def with_results(put: Put, message_id: int, results: Part, keyboard: Keyboard) -> OwedCall | None:
    """The edit that puts the results under a post with buttons; None where it cannot hold them."""
    text = _text(put)
    whole = (*text, *results.paragraphs)
    photo = _in_caption(put, text)
    limit = DESCRIPTION_LENGTH if photo else MESSAGE_LENGTH
    if put.layout is not Layout.BUTTONS or telegram_length(visible(whole)) > limit:
        return None
    params: dict[str, Any] = {
        "message_id": message_id,
        "caption" if photo else "text": to_html(whole),
        "parse_mode": "HTML",
        "reply_markup": markup(keyboard),
    }
    if not photo:
        params["link_preview_options"] = {"is_disabled": True}
    method = "editMessageCaption" if photo else "editMessageText"
    return OwedCall(put.place.chat_id, method, params)


def _question(put: Put) -> Question:
    return put.snapshot.case.questions[put.position]


def _text(put: Put) -> tuple[Paragraph, ...]:
    case, question = put.snapshot.case, _question(put)
    above = description(case) if put.position == 0 else parse(question.reveal or "")
    asked: tuple[Paragraph, ...] = ((Run(question.prompt, bold=True),),)
    if stands_in_text(question):
        asked += ((plain(numbered(question, put.order)),),)
    return (*above, *asked)


def numbered(question: Question, order: Sequence[int]) -> str:
    """The choices as numbered lines, in a post's order; the numbers hold for that post alone."""
    return "\n".join(
        f"{number}. {question.choices[place].text}" for number, place in enumerate(order, start=1)
    )
