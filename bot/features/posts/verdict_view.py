"""What a press under a question is answered with: short, and shown to whoever pressed alone."""

from collections.abc import Collection, Iterable, Sequence
from itertools import product

from bot.base.i18n import Words
from bot.features.shared.answer_marks import key_label
from bot.features.shared.question_buttons import names_of
from content.grading import Verdict, grade, needs_multiple
from content.markup import parse, visible
from content.model import Question

TOAST_LENGTH = 200  # characters that Telegram shows


def verdict_toast(
    question: Question, chosen: Collection[int], words: Words, order: Sequence[int] = ()
) -> str:
    """Right or wrong, and the key point or else the key, within 200 characters.

    ``order`` is that of the post's buttons, where choices too long for this are numbered.
    """
    head, right = _verdict(question, chosen, words)
    point = words.isolated(visible(parse(question.key_point))) if question.key_point else ""
    key = [words.isolated(names) for names in names_of(question, question.correct, order)]
    keys = key if right else [f"{key_label(question, words)} {names}" for names in key]
    if point:
        # Whole or not at all: the explanation has it, and it is one tap away.
        keys = [point] if right else [point, *keys]
    return _first_fitting([*(f"{head} {more}" for more in keys), head])


def again_toast(
    question: Question, chosen: Collection[int], words: Words, order: Sequence[int] = ()
) -> str:
    """To whoever has answered: what counts, whether it was right, and what is right."""
    head, right = _verdict(question, chosen, words)
    named = [] if right else names_of(question, question.correct, order)
    key = [words.isolated(names) for names in named]
    verdicts = [f"{head} {key_label(question, words)} {names}" for names in key] or [head]
    first = names_of(question, chosen, order)
    counts = [words.say("Your first answer counts: {choices}.", choices=names) for names in first]
    plainly = words.say("Your first answer counts.")
    return _first_fitting(
        [
            *(f"{count} {verdict}" for verdict, count in product(verdicts, counts)),
            *(f"{plainly} {verdict}" for verdict in (*verdicts, head)),
        ]
    )


def marked_toast(
    question: Question, marked: Collection[int], words: Words, order: Sequence[int]
) -> str:
    """What is marked now: nothing shows it but this, since all share the buttons."""
    if not marked:
        return words.say("Nothing is marked any more.")
    sentences = [
        words.say("Marked: {choices}. Press Submit when done.", choices=names)
        for names in names_of(question, marked, order)
    ]
    return _first_fitting(sentences)


def nothing_marked(words: Words) -> str:
    """Submitted without a choice."""
    return words.say(
        "Nothing is marked yet. Press each choice that you think is right, then Submit."
    )


def closed_toast(question: Question, words: Words) -> str:
    """To whoever comes too late, perhaps with choices marked: a draft is no answer."""
    closed = words.say("⏰ This question is closed.")
    if not needs_multiple(question):
        return closed
    drafts = words.say("What was marked and not submitted does not count.")
    return f"{closed} {drafts}"


def _verdict(question: Question, chosen: Collection[int], words: Words) -> tuple[str, bool]:
    """The verdict in words, and whether it is that all is right."""
    match grade(question, tuple(chosen)).verdict:
        case Verdict.CORRECT:
            return words.say("✅ Right."), True
        case Verdict.PARTLY:
            return words.say("🟡 Partly right."), False
        case Verdict.WRONG:
            return words.say("❌ Not this time."), False


def _first_fitting(sentences: Iterable[str]) -> str:
    """The first that Telegram shows whole."""
    return next(one for one in sentences if len(one) <= TOAST_LENGTH)
