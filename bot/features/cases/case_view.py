"""A case on Telegram: one quiz poll where it fits, else figures and vignette before the poll."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from bot.base.i18n import Words
from bot.features.shared.case_names import question_of
from bot.features.shared.messages import pages
from bot.telegram.poll_fingerprint import poll_fingerprint
from content.grading import needs_multiple
from content.layout import (
    DESCRIPTION_LENGTH,
    caption,
    description,
    fits_description,
    fits_one_message,
    news,
)
from content.markup import Paragraph, Run, parse, telegram_length, to_html, visible
from content.model import Case, Question
from content.pages import Part
from content.snapshot import Snapshot
from storage.outcome import About, OwedCall, PollIntent

ALBUM_LIMIT = 10  # photos in one album


class Destination(Struct, frozen=True):
    """Where a case is put: the post's id and its chat's."""

    post_id: int
    chat_id: int


class _Above(Struct, frozen=True):
    """What stands in a poll above its question: a text, and the hash of its figure, if any."""

    text: tuple[Paragraph, ...]
    figure: tuple[str, ...] = ()


def opening(
    snapshot: Snapshot, place: Destination, head: tuple[Paragraph, ...] = ()
) -> list[OwedCall]:
    """The calls that put a case and its first question before a chat; ``head`` stands above it."""
    case = snapshot.case
    if fits_one_message(case, head):
        above = _Above((*head, *description(case)), snapshot.figures_with(0))
        return [_poll(case, 0, place, above)]
    vignette = Part((*head, (Run(case.title, bold=True),), *parse(case.vignette)))
    calls = [*figures(snapshot, 0, place.chat_id), *pages(place.chat_id, [vignette])]
    return _then_question(calls, case, 0, place, _Above(parse(case.questions[0].reveal or "")))


def again(snapshot: Snapshot, position: int, place: Destination) -> list[OwedCall]:
    """The calls that put a case once more before a chat, where this question waits."""
    if position == 0:
        return opening(snapshot, place)
    return _later(told_before(snapshot, position, place.chat_id), snapshot, position, place)


def told_before(snapshot: Snapshot, position: int, chat_id: int) -> list[OwedCall]:
    """The calls that tell what is known of a case before this question, of 1 and more."""
    case = snapshot.case
    told = [parse(question.reveal or "") for question in case.questions[:position]]
    vignette = ((Run(case.title, bold=True),), *parse(case.vignette))
    parts = [Part(vignette), *(Part(reveal) for reveal in told if reveal)]
    shown = [call for n in range(position) for call in figures(snapshot, n, chat_id)]
    return [*shown, *pages(chat_id, parts)]


def next_question(
    snapshot: Snapshot, position: int, place: Destination, words: Words
) -> list[OwedCall]:
    """The calls that put a later question, new information and figures first."""
    which = which_question(snapshot.case, position, words)
    return _later([], snapshot, position, place, (which,))


def which_question(case: Case, position: int, words: Words) -> Paragraph:
    """Which question of its case it is."""
    return (Run(question_of(position + 1, len(case.questions), words), italic=True),)


def _later(
    before: list[OwedCall],
    snapshot: Snapshot,
    position: int,
    place: Destination,
    head: tuple[Paragraph, ...] = (),
) -> list[OwedCall]:
    """A later question, with its figure in the poll where both fit; else its figures ahead."""
    case, shown = snapshot.case, snapshot.figures_with(position)
    whole = (*head, *news(case, position))
    if len(shown) == 1 and fits_description(whole):
        return _then_question(before, case, position, place, _Above(whole, shown))
    before = [*before, *figures(snapshot, position, place.chat_id)]
    reveal = (*head, *parse(case.questions[position].reveal or ""))
    return _then_question(before, case, position, place, _Above(reveal))


def _then_question(
    before: list[OwedCall], case: Case, position: int, place: Destination, above: _Above
) -> list[OwedCall]:
    """The poll after ``before``, replying to the last of it; a long text goes ahead of it too."""
    if telegram_length(visible(above.text)) > DESCRIPTION_LENGTH:
        before = [*before, *pages(place.chat_id, [Part(above.text)])]
        above = _Above(())
    about = About(place.post_id, position)
    before = [replace(call, about=about) for call in before]
    poll = _poll(case, position, place, above)
    return [*before, replace(poll, reply_to=len(before) - 1) if before else poll]


def _poll(case: Case, position: int, place: Destination, above: _Above) -> OwedCall:
    question = case.questions[position]
    intent = PollIntent(place.post_id, position, _fingerprint(question))
    return OwedCall(place.chat_id, "sendPoll", _params(question, above), poll=intent)


@lru_cache(maxsize=256)  # one case goes to many people
def _params(question: Question, above: _Above) -> Mapping[str, Any]:
    params: dict[str, Any] = {
        "question": question.prompt,
        "options": [{"text": choice.text} for choice in question.choices],
        "type": "quiz",
        "is_anonymous": False,
        "correct_option_ids": list(question.correct),
        "allows_multiple_answers": needs_multiple(question),
        "shuffle_options": question.shuffle,
    }
    if question.key_point:
        params["explanation"] = to_html(parse(question.key_point))
        params["explanation_parse_mode"] = "HTML"
    if above.text:
        params |= {"description": to_html(above.text), "description_parse_mode": "HTML"}
    for figure in above.figure:
        params["media"] = {"type": "photo", "media": {"$figure": figure}}
    return params


@lru_cache(maxsize=256)
def _fingerprint(question: Question) -> str:
    texts = [choice.text for choice in question.choices]
    return poll_fingerprint(question.prompt, texts, question.correct)


def figures(snapshot: Snapshot, position: int, chat_id: int) -> list[OwedCall]:
    """The calls that send what comes with a question by itself, each with its caption.

    With the first come the case's own figures.
    """
    shown = snapshot.case.figures_with(position)
    photos = [
        {
            "media": {"$figure": sha256},
            "caption": to_html(caption(figure)),
            "parse_mode": "HTML",
        }
        for figure, sha256 in zip(shown, snapshot.figures_with(position), strict=True)
    ]
    return [
        _photos(chat_id, photos[start : start + ALBUM_LIMIT])
        for start in range(0, len(photos), ALBUM_LIMIT)
    ]


def _photos(chat_id: int, photos: list[dict[str, Any]]) -> OwedCall:
    """An album; a photo alone is no album to Telegram."""
    if len(photos) > 1:
        album = [{"type": "photo", **photo} for photo in photos]
        return OwedCall(chat_id, "sendMediaGroup", {"media": album})
    photo = dict(photos[0])
    return OwedCall(chat_id, "sendPhoto", {"photo": photo.pop("media"), **photo})
