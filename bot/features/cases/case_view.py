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
from content.layout import DESCRIPTION_LENGTH, caption, description, fits_one_message
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


def opening(
    snapshot: Snapshot, place: Destination, head: tuple[Paragraph, ...] = ()
) -> list[OwedCall]:
    """The calls that put a case and its first question before a chat; ``head`` stands above it."""
    case = snapshot.case
    if fits_one_message(case, head):
        figure = snapshot.figures[0] if snapshot.figures else None
        return [_poll(case, 0, place, (*head, *description(case)), figure)]
    vignette = Part((*head, (Run(case.title, bold=True),), *parse(case.vignette)))
    calls = [*figures(snapshot, place.chat_id), *pages(place.chat_id, [vignette])]
    return _then_question(calls, case, 0, place)


def again(snapshot: Snapshot, position: int, place: Destination) -> list[OwedCall]:
    """The calls that put a case once more before a chat, where this question waits."""
    if position == 0:
        return opening(snapshot, place)
    case = snapshot.case
    told = [parse(question.reveal or "") for question in case.questions[:position]]
    vignette = ((Run(case.title, bold=True),), *parse(case.vignette))
    parts = [Part(vignette), *(Part(reveal) for reveal in told if reveal)]
    calls = [*figures(snapshot, place.chat_id), *pages(place.chat_id, parts)]
    return _then_question(calls, case, position, place)


def next_question(case: Case, position: int, place: Destination, words: Words) -> list[OwedCall]:
    """The calls that put a later question, new information first."""
    return _then_question([], case, position, place, (which_question(case, position, words),))


def which_question(case: Case, position: int, words: Words) -> Paragraph:
    """Which question of its case it is."""
    return (Run(question_of(position + 1, len(case.questions), words), italic=True),)


def _then_question(
    before: list[OwedCall],
    case: Case,
    position: int,
    place: Destination,
    head: tuple[Paragraph, ...] = (),
) -> list[OwedCall]:
    """The poll after ``before``, replying to the last of it; a long reveal goes ahead of it too."""
    reveal = (*head, *parse(case.questions[position].reveal or ""))
    if telegram_length(visible(reveal)) > DESCRIPTION_LENGTH:
        before = [*before, *pages(place.chat_id, [Part(reveal)])]
        reveal = ()
    about = About(place.post_id, position)
    before = [replace(call, about=about) for call in before]
    poll = _poll(case, position, place, reveal, None)
    return [*before, replace(poll, reply_to=len(before) - 1) if before else poll]


def _poll(
    case: Case,
    position: int,
    place: Destination,
    text: tuple[Paragraph, ...],
    figure: str | None,
) -> OwedCall:
    question = case.questions[position]
    intent = PollIntent(place.post_id, position, _fingerprint(question))
    return OwedCall(place.chat_id, "sendPoll", _params(question, text, figure), poll=intent)


@lru_cache(maxsize=256)  # one case goes to many people
def _params(
    question: Question, text: tuple[Paragraph, ...], figure: str | None
) -> Mapping[str, Any]:
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
    if text:
        params |= {"description": to_html(text), "description_parse_mode": "HTML"}
    if figure is not None:
        params["media"] = {"type": "photo", "media": {"$figure": figure}}
    return params


@lru_cache(maxsize=256)
def _fingerprint(question: Question) -> str:
    texts = [choice.text for choice in question.choices]
    return poll_fingerprint(question.prompt, texts, question.correct)


def figures(snapshot: Snapshot, chat_id: int) -> list[OwedCall]:
    """The calls that send a case's figures by themselves, each with its caption."""
    photos = [
        {
            "media": {"$figure": sha256},
            "caption": to_html(caption(snapshot.case, number)),
            "parse_mode": "HTML",
        }
        for number, sha256 in enumerate(snapshot.figures)
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
