"""The row under a poll in private by which somebody says how sure they are, before they vote."""

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from bot.base.i18n import Words
from bot.features.shared.buttons import DAILY
from bot.features.shared.messages import Button, Keyboard, markup, press, with_buttons
from bot.features.shared.question_buttons import QuestionRef, not_again
from storage.outcome import Afterwards, OwedCall, PollIntent, Toast
from storage.practice import AskedQuestion

SURE = "sure:"  # and then a level, and after a colon the question
LEVELS = ("guess", "fairly", "certain")


def with_row(
    calls: Iterable[OwedCall],
    words: Words,
    *,
    sure: bool = True,
    review: bool = False,
    daily: bool = False,
) -> list[OwedCall]:
    """The same calls, with buttons under each poll among them.

    ``sure``: those of confidence; ``review``: that by which a review is not asked again; ``daily``:
    those of a daily item.
    """
    below = _Below(review, daily)
    return [
        replace(call, params={**call.params, "reply_markup": markup(rows)})
        if call.poll is not None and (rows := _rows(call.poll, below, words, sure=sure))
        else call
        for call in calls
    ]


class _Below(Struct, frozen=True):
    """What stands below the row of confidence."""

    review: bool
    daily: bool


def _rows(poll: PollIntent, below: _Below, words: Words, *, sure: bool) -> Keyboard:
    ref = QuestionRef(poll.post_id, poll.position)
    levels = [_levels(ref, None, words)] if sure else []
    return [*levels, *_under(ref, below, words)]


def _under(ref: QuestionRef, below: _Below, words: Words) -> Keyboard:
    rows = [[not_again(ref, words)]] if below.review else []
    if below.daily:
        rows.append(
            [
                press(words.say("Not today"), f"{DAILY}not today"),
                press(words.say("Fewer"), f"{DAILY}fewer"),
                press(words.say("Stop"), f"{DAILY}off"),
            ]
        )
    return rows


def _labels(words: Words) -> tuple[str, str, str]:
    return words.say("Guess"), words.say("Fairly sure"), words.say("Certain")


def _levels(ref: QuestionRef, said: str | None, words: Words) -> list[Button]:
    labels = _labels(words)
    return [
        press(f"✓ {label}" if level == said else label, f"{SURE}{level}:{ref}")
        for level, label in zip(LEVELS, labels, strict=True)
    ]


def marked(
    person_id: int, message_id: int, ref: QuestionRef, asked: AskedQuestion, words: Words
) -> OwedCall:
    """The row once a level was said, that of ``asked``."""
    below = _Below(asked.purpose == "review", asked.daily)
    rows = [_levels(ref, asked.confidence, words), *_under(ref, below, words)]
    return with_buttons(person_id, message_id, rows, f"{SURE}{ref}")


def without_row(message_id: int) -> Afterwards:
    """The poll once the explanation is out; it comes behind any edit of the row still owed."""
    params = {"message_id": message_id, "reply_markup": markup(())}
    return Afterwards("editMessageReplyMarkup", params)


def noted(level: str, words: Words) -> Toast:
    """The answer to a press."""
    sentences = {
        "guess": words.say("Noted: a guess. Now vote."),
        "fairly": words.say("Noted: fairly sure. Now vote."),
        "certain": words.say("Noted: certain. Now vote."),
    }
    return Toast(sentences[level])


def too_late(words: Words) -> Toast:
    """The answer to a press after the vote."""
    return Toast(words.say("That counts only before the answer."))
