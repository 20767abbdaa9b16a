"""The question of an article: prompt, choices, and the lines that answer it."""

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from content.exchange.article import marks
from content.exchange.article.lines import Line
from content.exchange.article.paragraphs import (
    ASKS,
    Paragraph,
    ends_sentence,
    join_paragraphs,
    sentences,
)
from content.exchange.item import Skipped
from content.fields import CHOICE_LENGTH, MAX_CHOICES

_LOOK_AHEAD = 6  # lines in which a list of choices may go on after something else


class Choice(Struct, frozen=True):
    """A choice, the letter it had in the article, and whether its box was ticked there."""

    number: int
    text: str
    letter: str = ""
    ticked: bool = False


class Question(Struct, frozen=True):
    """``answer`` are the lines from the answer on; what it could not take is in ``left_out``."""

    prompt: Paragraph
    choices: tuple[Choice, ...]
    answer: tuple[Line, ...]
    left_out: tuple[Skipped, ...]


def find_questions(lines: Sequence[Line]) -> tuple[list[Line], list[list[Line]]]:
    """The lines before the first question, and those of each question; none where none is asked.

    A question begins with ``Q:``; where there is none, it is the sentence before the first tick
    box, or before choices that count ``A. B. C.``, or ``1. 2. 3.`` where it ends in a ``?``.
    """
    starts = [n for n, line in enumerate(lines) if marks.QUESTION.match(line.text)]
    if starts:
        ends = [*starts[1:], len(lines)]
        parts = [list(lines[start:end]) for start, end in zip(starts, ends, strict=True)]
        return list(lines[: starts[0]]), parts
    first = next((n for n, line in enumerate(lines) if _opens_choices(lines, n)), None)
    before = join_paragraphs(lines[:first]) if first is not None else []
    if first is None or not before:
        return list(lines), []
    asked = before[-1]
    story = [line for line in lines[:first] if line.number < asked.number]
    *told, prompt = sentences(asked.text) or [asked.text]
    story += [Line(asked.number, " ".join(told))] if told else []
    return story, [[Line(asked.number, f"Q: {prompt}"), *lines[first:]]]


def _opens_choices(lines: Sequence[Line], place: int) -> bool:
    if marks.has_box(lines[place].text):
        return True
    near = (marks.choice_mark(line.text) for line in lines[place : place + _LOOK_AHEAD])
    labels = [found[0].letter for found in near if found][:3]
    if not labels or marks.choice_mark(lines[place].text) is None:
        return False
    # Steps and references count 1. 2. 3. too, but no question stands before them.
    earlier = (lines[n].text for n in range(place - 1, -1, -1) if not lines[n].is_blank)
    before = next(earlier, "")
    return labels == ["A", "B", "C"] or (
        labels == ["1", "2", "3"] and before.rstrip().endswith(ASKS)
    )


def read_question(lines: Sequence[Line]) -> Question:
    """Read one question from its first line on."""
    lines = list(_one_box_a_line(lines))
    rest, prompt = _prompt(lines)
    reader = _Choices()
    place = rest
    while place < len(lines) and reader.take(lines, place):
        place += 1
    if not reader.choices:
        place = reader.take_unmarked(lines, rest)
    answer = tuple(_answer(lines[place:]))
    return Question(prompt, tuple(reader.choices), answer, tuple(reader.left_out))


def _one_box_a_line(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines, where several choices share one parted before each tick box."""
    answered = False
    for line in lines:
        answered = answered or marks.ANSWER.match(line.text) is not None
        parts = [line.text] if answered else marks.before_boxes(line.text)
        yield from (replace(line, text=part) for part in parts)


def _prompt(lines: Sequence[Line]) -> tuple[int, Paragraph]:
    """The place after the prompt, and the prompt: up to its end, or to what is none of it."""
    words: list[str] = []
    first = marks.QUESTION.match(lines[0].text)
    for place, line in enumerate(lines):
        text = first["text"] if first and place == 0 else line.text
        mark = marks.choice_mark(text)
        ended = bool(words) and ends_sentence(words[-1])
        if marks.has_box(text) or marks.ANSWER.match(text) or (ended and (mark or line.is_blank)):
            return place, _paragraph(lines[0], words)
        if words and words[-1].endswith((*ASKS, ":")):
            return place, _paragraph(lines[0], words)
        words += [text.strip()] if text.strip() else []
    return len(lines), _paragraph(lines[0], words)


def _paragraph(line: Line, words: list[str]) -> Paragraph:
    return Paragraph(line.number, " ".join(" ".join(words).split()))


class _Choices:
    """Takes the lines of a list of choices one by one."""

    def __init__(self) -> None:
        self.choices: list[Choice] = []
        self.left_out: list[Skipped] = []
        self._kind = ""
        self._gap = False

    def take(self, lines: Sequence[Line], place: int) -> bool:
        """Take a line; False where the list has ended before it."""
        line = lines[place]
        if line.is_blank:
            self._gap = True
            return True
        if marks.ANSWER.match(line.text) or self._is_answer_with_point(line.text):
            return False
        found = marks.choice_mark(line.text)
        if found and (not self.choices or found[0].kind == self._kind):
            mark, text = found
            self._kind = mark.kind
            words = " ".join(text.split())
            self.choices.append(Choice(line.number, words, mark.letter, mark.ticked))
        elif self.choices and not self._gap:
            last = self.choices[-1]
            joined = f"{last.text} {' '.join(line.text.split())}"
            self.choices[-1] = Choice(last.number, joined.strip(), last.letter, last.ticked)
        elif self.choices and self._goes_on_after(lines, place):
            reason = "stands between the choices and is none"
            self.left_out.append(Skipped(f"line {line.number}", line.text.strip()[:80], reason))
        else:
            return False
        self._gap = False
        return True

    def take_unmarked(self, lines: Sequence[Line], start: int) -> int:
        """Take short lines as the choices that lost their marks; gives the place after them."""
        end = start
        while end < len(lines) and _could_be_choice(lines[end]):
            end += 1
        texts = [line for line in lines[start:end] if not line.is_blank]
        if not 2 <= len(texts) <= MAX_CHOICES:
            return start
        self.choices = [Choice(line.number, " ".join(line.text.split())) for line in texts]
        return end

    def _is_answer_with_point(self, text: str) -> bool:
        """Whether ``A.`` opens the answer: the list has an A already, or another kind of mark."""
        letters = {choice.letter for choice in self.choices}
        enough = len(self.choices) > 1 and (self._kind != "letter" or "A" in letters)
        return enough and marks.ANSWER_WITH_POINT.match(text) is not None

    def _goes_on_after(self, lines: Sequence[Line], place: int) -> bool:
        ahead = lines[place + 1 : place + 1 + _LOOK_AHEAD]
        return self._kind == "box" and any(marks.has_box(line.text) for line in ahead)


def _could_be_choice(line: Line) -> bool:
    text = line.text
    short = len(text.strip()) <= CHOICE_LENGTH and not text.rstrip().endswith((".", *ASKS, ":"))
    return short and not marks.ANSWER.match(text) and not marks.heading(line)


def _answer(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines of the answer without the ``A:`` before it."""
    for place, line in enumerate(lines):
        hit = marks.ANSWER.match(line.text) or marks.ANSWER_WITH_POINT.match(line.text)
        yield Line(line.number, hit["text"]) if hit and place == 0 else line
