"""A question put to a group or channel, as a poll or as a post with buttons."""

from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from bot.base.i18n import Words
from bot.features.cases.case_view import (
    Destination,
    figures,
    next_question,
    opening,
    which_question,
)
from bot.features.shared.chat_settings import ChatSettings, Layout
from bot.features.shared.dates import near_date
from bot.features.shared.messages import Keyboard, markup, pages
from bot.features.shared.question_buttons import (
    QuestionRef,
    choice_buttons,
    explanation_button,
    numbered,
    stands_in_text,
)
from bot.scheduling.wall_time import wall
from bot.scheduling.zones import label
from content.grading import needs_multiple
from content.layout import DESCRIPTION_LENGTH, caption, description, news
from content.markup import Paragraph, Run, plain, telegram_length, to_html, visible
from content.model import Question
from content.pages import MESSAGE_LENGTH, Part
from content.snapshot import Snapshot
from storage.outcome import About, OwedCall, PollIntent
from storage.tallying import NO_ANSWERS


class Put(Struct, frozen=True):
    """A question on its way to a chat. ``order`` is that of its buttons.

    ``closes_at`` (UTC ms): a post with buttons says so, since nothing else in it tells.
    """

    snapshot: Snapshot
    position: int
    place: Destination
    layout: Layout
    order: tuple[int, ...]
    closes_at: int | None = None

    @property
    def ref(self) -> QuestionRef:
        """What its buttons call it."""
        return QuestionRef(self.place.post_id, self.position)


def question_calls(
    put: Put, settings: ChatSettings, words: Words, *, broadcast: bool
) -> tuple[OwedCall, ...]:
    """The calls that put the question, the case before it where it is the first."""
    if put.layout is Layout.BUTTONS:
        calls = _with_buttons(put, settings, words)
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
        calls = next_question(put.snapshot, put.position, put.place, words)
    more: dict[str, Any] = {
        "is_anonymous": put.layout is Layout.ANONYMOUS,
        "open_period": settings.open_for,
        "hide_results_until_closes": settings.hide_results,
    }
    if put.layout is Layout.POLL:
        # A copy that was forwarded elsewhere would bring votes of people who are not here.
        more["protect_content"] = True
        more["reply_markup"] = markup(explanation_button(put.ref, words))
    poll = calls[-1]
    return [*calls[:-1], replace(poll, params={**poll.params, **more})]


class _Wording(Struct, frozen=True):
    """What a post with buttons says; ``picture`` is the figure whose caption this is, if any."""

    text: tuple[Paragraph, ...]
    picture: str | None


def _with_buttons(put: Put, settings: ChatSettings, words: Words) -> list[OwedCall]:
    """A photo with everything in its caption where it fits; else figures, then the text."""
    chat_id, wording = put.place.chat_id, _worded(put, words)
    keyboard = choice_buttons(_question(put), put.ref, put.order, NO_ANSWERS, words)
    intent = PollIntent(put.place.post_id, put.position, None)
    text = (*wording.text, *_open_until(put, settings, words))
    limit = DESCRIPTION_LENGTH if wording.picture else MESSAGE_LENGTH
    if telegram_length(visible(text)) > limit:
        text = wording.text
    if wording.picture is not None:
        params = {
            "photo": {"$figure": wording.picture},
            "caption": to_html(text),
            "parse_mode": "HTML",
            "reply_markup": markup(keyboard),
        }
        return [OwedCall(chat_id, "sendPhoto", params, poll=intent)]
    calls = figures(put.snapshot, put.position, chat_id)
    calls += pages(chat_id, [Part(text)], keyboard)
    about = About(put.place.post_id, put.position)
    return [*(replace(call, about=about) for call in calls[:-1]), replace(calls[-1], poll=intent)]


def _open_until(put: Put, settings: ChatSettings, words: Words) -> tuple[Paragraph, ...]:
    """By the chat's clock; without "today", since a post is read on other days too.

    It may end earlier, by hand or for the next case.
    """
    if put.closes_at is None:
        return ()
    at = wall(put.closes_at, ZoneInfo(settings.zone))
    sentence = words.say(
        "⏰ Closes by {day}, {time} ({place}).",
        day=near_date(at.date(), words),
        time=f"{at:%H:%M}",
        place=label(settings.zone),
    )
    return ((Run(sentence, italic=True),),)


def with_results(
    put: Put, message_id: int, results: Part, keyboard: Keyboard, words: Words
) -> OwedCall | None:
    """The edit that puts the results under a post with buttons; None where it cannot hold them."""
    wording = _worded(put, words)
    photo = wording.picture is not None
    whole = (*wording.text, *results.paragraphs)
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


def _worded(put: Put, words: Words) -> _Wording:
    case, question = put.snapshot.case, _question(put)
    asked: tuple[Paragraph, ...] = ((Run(question.prompt, bold=True),),)
    if stands_in_text(question):
        asked += ((plain(numbered(question, put.order)),),)
    if needs_multiple(question):
        asked += ((Run(how_to_submit(words), italic=True),),)
    above = description(case)
    if put.position > 0:
        above = (which_question(case, put.position, words), *news(case, put.position))
    shown = put.snapshot.figures_with(put.position)
    if len(shown) != 1:
        return _Wording((*above, *asked), None)
    whole = (*above, *asked)
    if telegram_length(visible(whole)) <= DESCRIPTION_LENGTH:
        return _Wording(whole, shown[0])
    # The picture goes by itself, with its caption, which stands last above the question.
    captioned = len(caption(case.figures_with(put.position)[0]))
    return _Wording((*above[: len(above) - captioned], *asked), None)


def how_to_submit(words: Words) -> str:
    """How a question with several right choices is answered by buttons."""
    return words.say(
        "Press all that you think are right, then Submit. Nobody but you sees what you press."
    )
