"""A list of questions in a document's lines: numbered stems, lettered choices, answers.

    3. Which is the largest organ?
    A) The liver
    B) The skin
    ANSWER: B
    Explanation: It weighs four kilograms.

Numbers and letters may be typed or Word's own. In place of the line ``ANSWER:`` the right choice
may be bold or marked by an asterisk, if in each question without such a line exactly one is; or a
list of numbers and letters stands at the end under ``Answer key``.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from msgspec import Struct, field

from content.exchange.docx.answers import Choice, LeftOutError, Question, item, unsure_marks
from content.exchange.docx.lines import Line
from content.exchange.html_reading import Image
from content.exchange.item import Item, Skipped

_QUESTION = re.compile(
    r"\s*(?:Question\s+|Q\s?)?(\d{1,4})\s?[.):](?:\s+(?=\S)|(?=[^\W\d_])|\s*$)", re.IGNORECASE
)
_CHOICE = re.compile(r"\s*(?P<star>\*\s*)?\(?(?P<letter>[A-Za-z])[.)]\s*(?=\S)")
_ANSWER = re.compile(
    r"\s*(?:the\s+)?(?:correct\s+)?(?:answers?|ans|key)(?:\s+is\b\s*:?|\s*[:=])\s*(?P<key>.*)",
    re.IGNORECASE,
)
_EXPLAINS = re.compile(r"\s*(?:explanation|feedback|rationale|discussion)\s*:\s*", re.IGNORECASE)
_KEYS = re.compile(r"\s*(?:answer\s+key|answers?|key|correct\s+answers)\s*:?\s*", re.IGNORECASE)
_KEY_ENTRY = re.compile(r"(\d{1,4})\s*[.):\u2013-]?\s*\(?([A-Za-z])\)?(?![A-Za-z])")
_BETWEEN = re.compile(r"[\s,;.|]*")


class Questions(Struct, frozen=True):
    """What a list of questions gives: items without pictures beside their images, and the rest."""

    items: tuple[tuple[Item, tuple[Image, ...]], ...]
    skipped: tuple[Skipped, ...]
    notes: tuple[str, ...]


def read_questions(lines: Sequence[Line]) -> Questions:
    """The questions of these lines."""
    body, keys = _part_keys(lines)
    reader = _Reader(numbered=_is_numbered(body))
    for line in body:
        reader.take(line)
    for question in reader.questions:
        question.settle()
    if not any(question.choices for question in reader.questions):
        return Questions((), (), ())
    if reader.answered_above and reader.questions[-1].answer is None:
        for question in reader.questions:
            question.doubt = question.doubt or "has its answer above it, or that of the next below"
    _give_answers(reader.questions, keys)
    unsure = unsure_marks(reader.questions)
    items: list[tuple[Item, tuple[Image, ...]]] = []
    skipped: list[Skipped] = []
    for n, question in enumerate(reader.questions, start=1):
        place = f"question {question.number or n}"
        try:
            items.append((item(question, unsure), tuple(question.images)))
        except LeftOutError as why:
            stem = question.stem[0].text[:60] if question.stem else ""
            skipped.append(Skipped(place, stem, str(why)))
    return Questions(tuple(items), tuple(skipped), tuple(reader.notes))


def _number(line: Line) -> int | None:
    found = None if line.heading else _QUESTION.match(line.text)
    return int(found[1]) if found else None


def _is_numbered(lines: Sequence[Line]) -> bool:
    """Whether as many lines begin with a number as choices begin with an A."""
    first = sum(
        (found := _CHOICE.match(line.text)) is not None and found["letter"] in "Aa"
        for line in lines
    )
    return sum(_number(line) is not None for line in lines) >= max(2, first)


def _give_answers(questions: Sequence[Question], keys: Mapping[int, list[str]]) -> None:
    """Each question that has no answer gets that of its number, if one is sure to be its own."""
    asked = Counter(question.number for question in questions)
    for question in questions:
        if question.answer is None and (answers := keys.get(question.number)):
            question.answer = answers[0]
            if asked[question.number] > 1 or len(answers) > 1:
                question.doubt = question.doubt or (
                    f"has the number {question.number}, which stands more than once among the"
                    " questions or in the answer key"
                )


def _part_keys(lines: Sequence[Line]) -> tuple[Sequence[Line], dict[int, list[str]]]:
    """The lines without a list of answers at their end, and what it says of each number."""
    start = next((n for n in range(len(lines) - 1, -1, -1) if _KEYS.fullmatch(lines[n].text)), None)
    if start is None:
        return lines, {}
    text = "\n".join(line.text for line in lines[start + 1 :])
    entries = _KEY_ENTRY.findall(text)
    if not entries or not _BETWEEN.fullmatch(_KEY_ENTRY.sub("", text)):
        return lines, {}
    keys: defaultdict[int, list[str]] = defaultdict(list)
    for number, letter in entries:
        keys[int(number)].append(letter)
    return lines[:start], keys


class _Reader(Struct):
    """Takes lines one after the other. ``numbered``: a question begins at its number only.

    ``answered_above``: the first answer stands above all questions.
    """

    numbered: bool
    questions: list[Question] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    explaining: bool = False
    answered_above: bool = False

    def take(self, line: Line) -> None:
        now = self.questions[-1] if self.questions else None
        ends = _ANSWER.fullmatch(line.text) or _EXPLAINS.match(line.text) or _number(line)
        if now and ends:
            now.settle()
        if now and not line.text:
            now.images += line.images
        elif line.heading:
            self.notes.append(f"the heading “{line.text[:60]}” was left out")
        elif now and (answer := _ANSWER.fullmatch(line.text)) and now.choices:
            key = answer["key"].strip()
            if now.answer not in {None, key}:
                now.doubt = now.doubt or f"has two answers, “{now.answer}” and “{key[:40]}”"
            now.answer, self.explaining = key, False
        elif now and now.choices and (found := _EXPLAINS.match(line.text)):
            now.feedback.append(line.without(found.end()))
            self.explaining = True
        elif now and now.answer is None and not now.feedback and self._choice(now, line):
            now.images += line.images
        elif self._opens(now, line):
            self._open(line)
        elif now is None:
            self.answered_above = self.answered_above or bool(_ANSWER.fullmatch(line.text))
            self.notes.append(f"“{line.text[:60]}”, above the questions, was left out")
        else:
            self._continue(now, line)

    def _opens(self, now: Question | None, line: Line) -> bool:
        """Whether a question begins here; lists in stems and explanations are numbered too."""
        number = _number(line)
        if not self.numbered:
            return now is None or (now.answer is not None and not self.explaining)
        if number is None or now is None:
            return number is not None
        if number != now.number + 1 and (self.explaining or not now.choices):
            if number in {1, now.listed + 1}:
                now.listed = number
                return False
            if not now.choices:
                now.doubt = f"has a line with the number {number} in its stem"
                return False
        if now.number >= number != 1:
            now.doubt = (
                f"question {number} stands behind it, so one of them may be a part of another"
            )
        return True

    def _open(self, line: Line) -> None:
        found = _QUESTION.match(line.text)
        before = self.questions[-1] if self.questions else Question(0)
        opened = Question(int(found[1]) if found else 0)
        if before.number >= opened.number > 1:
            opened.doubt = f"stands behind question {before.number}, so it may be a part of another"
        self.questions.append(opened)
        self.explaining = False
        self._continue(opened, line.without(found.end() if found else 0))

    def _choice(self, now: Question, line: Line) -> bool:
        """Take this line for the next choice, if it begins with the next letter."""
        found = _CHOICE.match(line.text)
        expected = len(now.choices)
        if not (found and now.stem) or ord(found["letter"].upper()) - ord("A") != expected:
            return False
        bare = line.without(found.end())
        star = found["star"] is not None or bare.text.endswith("*")
        now.choices.append(Choice(bare, found["letter"].upper(), star))
        return True

    def _continue(self, now: Question, line: Line) -> None:
        now.images += line.images
        if not line.text:
            return
        if now.feedback or now.answer is not None:
            now.feedback.append(line)
        elif now.choices:
            said = f"has “{line.text[:40]}” behind its choices, no choice and no answer"
            now.doubt = now.doubt or said
        else:
            now.stem.append(line)
