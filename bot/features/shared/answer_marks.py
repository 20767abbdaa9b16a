"""How right and wrong choices are marked, and what the right ones are called.

Where a question asks for the exception, the right answer is a statement that is false: a ✗ beside
the others would call true statements wrong. There the marks are words.
"""

from bot.base.i18n import Words
from content.lint.negation import negation
from content.markup import Paragraph, Run, plain
from content.model import Question


def key_label(question: Question, words: Words) -> str:
    """What stands before the right choices."""
    return words.say("Right answer:") if negation(question.prompt) else words.say("Correct:")


def marked_choice(question: Question, place: int, words: Words, *, yours: bool) -> Paragraph:
    """A choice with its mark; ``yours``: the learner chose it."""
    choice = question.choices[place]
    text = Run(words.isolated(choice.text), bold=True)
    name = (text, plain(words.say(" (your choice)") if yours else ""))
    if not negation(question.prompt):
        return (plain(words.lead + ("✓ " if choice.correct else "✗ ")), *name)
    mark = words.say("right answer") if choice.correct else words.say("not the answer")
    return (plain(words.lead), *name, plain(" · "), Run(mark, italic=True))
