"""A verdict short enough for the answer to a tap."""

from collections.abc import Collection

from bot.base.i18n import Words
from content.grading import Verdict, grade
from content.markup import parse, visible
from content.model import Question

TOAST_LENGTH = 200  # characters that Telegram shows


def verdict_toast(question: Question, chosen: Collection[int], words: Words) -> str:
    """Right or wrong, and the key point or else the key, within 200 characters."""
    right = grade(question, tuple(chosen)).verdict is Verdict.CORRECT
    head = words.say("✅ Right.") if right else words.say("❌ Not this time.")
    key = "; ".join(question.choices[place].text for place in question.correct)
    point = visible(parse(question.key_point)) if question.key_point else ""
    labelled = key if right else f"{words.say('Correct:')} {key}"
    full = f"{head} {point or labelled}"
    if len(full) <= TOAST_LENGTH:
        return full
    # Whole or not at all: the explanation has it, and it is one tap away.
    shorter = f"{head} {labelled}"
    return shorter if not right and len(shorter) <= TOAST_LENGTH else head
