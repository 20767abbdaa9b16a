"""The Aiken format: one right choice of several, in plain text and nothing else.

    Which is the largest organ?
    A. The liver
    B) The skin
    ANSWER: B

As documented at https://docs.moodle.org/en/Aiken_format, and a little more kindly: the space
behind a letter may be missing, small letters do, a text may run over several lines, and ``ANS:``
stands for ``ANSWER:``, as other programs print it. A line ``Explanation:``, ``Feedback:`` or
``Rationale:`` below the answer, with the lines behind it up to an empty one, explains it.
"""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct, field

from content.exchange.item import Item, ItemChoice, Reading, Skipped
from content.exchange.markdown_text import from_plain
from content.exchange.text_bytes import decode
from content.markup import parse, visible

_CHOICE = re.compile(r"([A-Z])[.)]\s*(.+)", re.IGNORECASE)
_ANSWER = re.compile(r"ANS(?:WER)?\s*:(.*)", re.IGNORECASE)
_EXPLAINS = re.compile(r"(?:EXPLANATION|FEEDBACK|RATIONALE)\s*:\s*(.*)", re.IGNORECASE)
_MAX_CHOICES = 26


class _Question(Struct):
    """The lines of a question and of its choices so far; ``line`` is that of its first word."""

    line: int
    stem: list[str] = field(default_factory=list)
    choices: list[list[str]] = field(default_factory=list)
    answer: str | None = None
    feedback: list[str] = field(default_factory=list)

    def add_choice(self, line: str) -> bool:
        """Take this line for the next choice, if it begins with the next letter."""
        found = _CHOICE.fullmatch(line)
        expected = len(self.choices)
        if not found or not self.stem or _place(found[1]) != expected < _MAX_CHOICES:
            return False
        self.choices.append([found[2]])
        return True


def read(data: bytes) -> Reading:
    """The questions of an Aiken file."""
    file = decode(data)
    items: list[Item] = []
    skipped: list[Skipped] = []
    for question in _questions(file.text):
        if reason := _refusal(question):
            skipped.append(Skipped(f"line {question.line}", "", reason))
        else:
            items.append(_item(question))
    return Reading(tuple(items), tuple(skipped), file.notes)


def write(items: Sequence[Item]) -> bytes:
    """An Aiken file in UTF-8: stems, each in one line, and choices, without any formatting.

    It has a place for nothing else, nor for a question with several right choices.
    """
    return "\n".join(map(_written, items)).encode()


def _questions(text: str) -> Iterator[_Question]:
    question = _Question(1)
    explained: _Question | None = None  # whose answer was the last to be read
    parted = False
    for number, raw in enumerate(text.split("\n"), start=1):
        line = raw.strip()
        if not line:
            parted = True
            continue
        if explained and not question.stem and _explains(explained, line, parted=parted):
            pass
        elif answer := _ANSWER.fullmatch(line):
            question.answer = answer[1].strip()
            question.line = question.line if question.stem else number
            if explained:
                yield explained
            explained, question = question, _Question(number + 1)
        elif question.add_choice(line):
            pass
        elif question.choices and parted:
            if explained:
                yield explained
            yield question
            explained, question = None, _Question(number, [line])
        elif question.choices:
            question.choices[-1].append(line)
        else:
            question.line = question.line if question.stem else number
            question.stem.append(line)
        parted = False
    if explained:
        yield explained
    if question.stem:
        yield question


def _explains(question: _Question, line: str, *, parted: bool) -> bool:
    """Take this line for one that explains the answer of the question above, if it is one."""
    if found := _EXPLAINS.fullmatch(line):
        question.feedback.append(found[1])
    elif question.feedback and not parted and not _CHOICE.fullmatch(line):
        question.feedback.append(line)
    else:
        return False
    return True


def _refusal(question: _Question) -> str:
    """Why this is no question; empty if it is one."""
    if not question.stem:
        return "has an ANSWER, but no question"
    if len(question.choices) < 2:
        return "has fewer than two choices, A. and B."
    if question.answer is None:
        return "has no line ANSWER:"
    if not re.fullmatch("[A-Za-z]", question.answer):
        return f"has the ANSWER “{question.answer[:40]}”; Aiken takes one letter"
    if _place(question.answer) >= len(question.choices):
        return f"has the ANSWER {question.answer}, but no choice with that letter"
    return ""


def _item(question: _Question) -> Item:
    right = _place(question.answer or "")
    choices = tuple(
        ItemChoice(from_plain(" ".join(lines)), place == right)
        for place, lines in enumerate(question.choices)
    )
    feedback = from_plain(" ".join(question.feedback))
    return Item(
        from_plain("\n".join(question.stem)), choices, feedback=feedback, line=question.line
    )


def _place(letter: str) -> int:
    return ord(letter.upper()) - ord("A")


def _written(item: Item) -> str:
    letters = [chr(ord("A") + place) for place in range(len(item.choices))]
    lines = [
        f"{letter}. {_line(choice.text)}"
        for letter, choice in zip(letters, item.choices, strict=True)
    ]
    right = [letter for letter, choice in zip(letters, item.choices, strict=True) if choice.correct]
    return "\n".join([_line(item.stem), *lines, f"ANSWER: {', '.join(right)}", ""])


def _line(markdown: str) -> str:
    return " ".join(visible(parse(markdown)).split())
