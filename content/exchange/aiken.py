"""The Aiken format: one right choice of several, in plain text and nothing else.

    Which is the largest organ?
    A. The liver
    B) The skin
    ANSWER: B

As documented at https://docs.moodle.org/en/Aiken_format, and a little more kindly: the space
behind a letter may be missing, small letters do, a text may run over several lines, ``ANS:`` or
``Correct answer:`` stands for ``ANSWER:``, as other programs print it, and the text of the choice
may follow its letter. A line ``Explanation:``, ``Feedback:`` or ``Rationale:`` below the answer
explains it, with the lines behind it up to an empty one or the next question.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from msgspec import Struct, field

from content.exchange.item import MOST_ITEMS, TOO_MANY, Item, ItemChoice, Reading, Skipped
from content.exchange.markdown_text import from_plain
from content.exchange.text_bytes import decode
from content.markup import parse, visible

_CHOICE = re.compile(r"\(?([A-Z])[.)]\s*(.+)", re.IGNORECASE)
_ANSWER = re.compile(r"(?:CORRECT\s+)?ANS(?:WER)?\s*:(.*)", re.IGNORECASE)
_KEY = re.compile(r"\(?([A-Z])[.)]?(?:\s+(.+))?", re.IGNORECASE)
_EXPLAINS = re.compile(r"(?:EXPLANATION|FEEDBACK|RATIONALE)\s*:\s*(.*)", re.IGNORECASE)
_NUMBERED = re.compile(r"(\d{1,4})[.)]\s")
_MAX_CHOICES = 26


class _Question(Struct):
    """A question so far, its stem by the numbers of its lines; ``line`` is that of its first."""

    line: int
    stem: dict[int, str] = field(default_factory=dict)
    choices: list[list[str]] = field(default_factory=list)
    answer: str | None = None
    feedback: list[str] = field(default_factory=list)
    doubt: str = ""

    def add_choice(self, line: str) -> bool:
        """Take this line for the next choice, if it begins with the next letter."""
        found = _CHOICE.fullmatch(line)
        expected = len(self.choices)
        if not found or not self.stem or _place(found[1]) != expected < _MAX_CHOICES:
            return False
        self.choices.append([found[2]])
        return True

    def go_on(self, number: int, line: str) -> None:
        """Take this line for more of the last choice, or of the stem where there is none yet.

        One that begins as a choice does, but not with its letter, may be of another question.
        """
        if self.choices:
            found = _CHOICE.fullmatch(line)
            if found and _place(found[1]) <= len(self.choices) + 1:
                self.doubt = f"has the choice “{line[:40]}” out of order"
            self.choices[-1].append(line)
        else:
            self.line = self.line if self.stem else number
            self.stem[number] = line


def read(data: bytes) -> Reading:
    """The questions of an Aiken file."""
    file = decode(data)
    items: list[Item] = []
    skipped: list[Skipped] = []
    questions = list(islice(_questions(file.text), MOST_ITEMS + 1))
    if len(questions) > MOST_ITEMS:
        return TOO_MANY
    _doubt_answers(questions)
    for question in questions:
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
    lines = [line.strip() for line in text.split("\n")]
    question = _Question(1)
    explained: _Question | None = None  # whose answer was the last to be read
    parted, read = False, 0
    for number, line in enumerate(lines, start=1):
        if number <= read:
            continue
        if not line:
            parted = True
            continue
        if explained and not question.stem and _EXPLAINS.fullmatch(line):
            read = _explanation_end(lines, number)
            told = lines[number - 1 : read]
            explained.feedback += (_EXPLAINS.sub(r"\1", each) for each in told)
        elif answer := _ANSWER.fullmatch(line):
            question.answer = answer[1].strip()
            question.line = question.line if question.stem else number
            if explained:
                _give_back(question, explained)
                yield explained
            explained, question = question, _Question(number + 1)
        elif question.add_choice(line):
            pass
        elif question.choices and parted:
            if explained:
                yield explained
            yield question
            explained, question = None, _Question(number, {number: line})
        else:
            question.go_on(number, line)
        parted = False
    if explained:
        yield explained
    if question.stem:
        yield question


def _doubt_answers(questions: Sequence[_Question]) -> None:
    """Two answers below a question leave open which is meant; so do answers above theirs."""
    for question, after in pairwise(questions):
        if not after.stem and question.answer is not None:
            question.doubt = "has two lines ANSWER:"
    if questions and not questions[0].stem and questions[-1].answer is None:
        for question in questions[1:]:
            question.doubt = "has the line ANSWER: above it, or that of the next question below it"


def _explanation_end(lines: Sequence[str], start: int) -> int:
    """The number of its last line.

    Where no empty line comes before the next answer, the next question begins with its number, or
    else with the line above its choices.
    """
    end = start
    while end < len(lines) and lines[end] and not _ANSWER.fullmatch(lines[end]):
        end += 1
    if end == len(lines) or not lines[end]:
        return end
    found = [_CHOICE.fullmatch(line) for line in lines[start:end]]
    first = max(
        (n for n, choice in enumerate(found) if choice and not _place(choice[1])), default=0
    )
    numbered = [n for n in range(first) if _NUMBERED.match(lines[start + n])]
    return start + (numbered[-1] if numbered else max(0, first - 1))


def _give_back(question: _Question, explained: _Question) -> None:
    """What stands before a question's number, where its neighbour above is explained, is that's."""
    above = _NUMBERED.match(next(iter(explained.stem.values()), ""))
    if not above or not explained.feedback:
        return
    for line, text in list(question.stem.items())[1:]:
        found = _NUMBERED.match(text)
        if found and int(found[1]) == int(above[1]) + 1:
            explained.feedback += (text for n, text in question.stem.items() if n < line)
            question.stem = {n: text for n, text in question.stem.items() if n >= line}
            question.line = line
            return


def _refusal(question: _Question) -> str:
    """Why this is no question; empty if it is one."""
    if not question.stem:
        return "has an ANSWER, but no question"
    if len(question.choices) < 2:
        return "has fewer than two choices, A. and B."
    if question.doubt:
        return question.doubt
    if question.answer is None:
        return "has no line ANSWER:"
    key = _KEY.fullmatch(question.answer)
    if key is None:
        return f"has the ANSWER “{question.answer[:40]}”; Aiken takes one letter"
    if _place(key[1]) >= len(question.choices):
        return f"has the ANSWER {key[1]}, but no choice with that letter"
    if key[2] and _folded([key[2]]) != _folded(question.choices[_place(key[1])]):
        return f"has the ANSWER “{question.answer[:40]}”, which is not how choice {key[1]} reads"
    return ""


def _folded(lines: Sequence[str]) -> str:
    return " ".join(" ".join(lines).casefold().split()).rstrip(".")


def _item(question: _Question) -> Item:
    right = _place((question.answer or "").lstrip("("))
    choices = tuple(
        ItemChoice(from_plain(" ".join(lines)), place == right)
        for place, lines in enumerate(question.choices)
    )
    feedback = from_plain(" ".join(question.feedback))
    stem = from_plain("\n".join(question.stem.values()))
    return Item(stem, choices, feedback=feedback, line=question.line)


def _place(letter: str) -> int:
    return ord(letter[0].upper()) - ord("A")


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
