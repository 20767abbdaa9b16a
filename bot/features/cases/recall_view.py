"""What is said of an answer beyond its verdict, and the buttons under a review's explanation."""

from collections.abc import Iterator
from datetime import UTC, datetime

from bot.base.i18n import Words
from bot.features.cases.recall import Recall
from bot.features.shared.buttons import next_case, next_review
from bot.features.shared.dates import ago, near_date
from bot.features.shared.messages import Button, Keyboard, press
from bot.features.shared.question_buttons import QuestionRef, not_again

KNEW = "knew:"  # and then the question of a review that was right
RECOGNISED = "recog:"


def notes(recall: Recall, words: Words) -> tuple[str, ...]:
    """The sentences that follow the verdict."""
    return tuple(_notes(recall, words))


def _notes(recall: Recall, words: Words) -> Iterator[str]:
    if recall.due_at is not None:
        day = datetime.fromtimestamp(recall.due_at / 1000, UTC).date()
        yield words.say(
            "Sure, and wrong: worth keeping. Due again from {day}.", day=near_date(day, words)
        )
    if recall.before and recall.before_at is not None:
        yield words.say(
            "Last time ({ago}) you chose: {choices}",
            ago=ago(recall.asked_at - recall.before_at, words),
            choices=words.isolated("; ".join(recall.before)),
        )


def under_review(ref: QuestionRef, recall: Recall, *, right: bool, words: Words) -> Keyboard:
    """What there is to press after a review."""
    rows = [[next_review(words), next_case(words)]]
    if right and recall.same_picture:
        rows.append(how_known(ref, None, words))
    return [*rows, [not_again(ref, words)]]


def how_known(ref: QuestionRef, recognised: bool | None, words: Words) -> list[Button]:
    """Whether the picture gave it away; None: not said yet."""
    labels = ((KNEW, words.say("Knew it"), False), (RECOGNISED, words.say("Recognised it"), True))
    return [
        press(f"✓ {label}" if said is recognised else label, f"{verb}{ref}")
        for verb, label, said in labels
    ]
