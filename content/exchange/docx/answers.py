"""Which choices of a document's question are right, and the question as an item."""

import re
from collections.abc import Sequence

from msgspec import Struct, field

from content.exchange.docx.lines import Line
from content.exchange.html_reading import Image
from content.exchange.item import Item, ItemChoice

_LETTERS = re.compile(
    r"\(?([A-Za-z])\)?(?:\s*(?:,|;|and|&)\s*\(?([A-Za-z])\)?)*(?:[.)]|(?![A-Za-z]))\s*"
)


class LeftOutError(Exception):
    """Why a question cannot be taken."""


class Choice(Struct):
    """A choice; ``star``: an asterisk marks it as right."""

    line: Line
    letter: str
    star: bool = False


class Question(Struct):
    """A question so far. ``number`` is its own in the document, 0 where it has none.

    ``doubt`` says why its lines may not be its own; ``listed`` is the last number of a list in it.
    """

    number: int
    stem: list[Line] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)
    answer: str | None = None
    feedback: list[Line] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    doubt: str = ""
    listed: int = 0

    def settle(self) -> None:
        """Where there are no lettered choices, the list that ends the stem is them."""
        while not (self.choices and self.choices[0].letter) and len(self.stem) > 1:
            if not self.stem[-1].bullet:
                break
            line = self.stem.pop()
            star = line.text.startswith("*") or line.text.endswith("*")
            self.choices.insert(0, Choice(line, "", star))
        for place, choice in enumerate(self.choices):
            choice.letter = chr(ord("A") + place % 26)

    def marked(self) -> set[int]:
        """The places of the choices that are marked as right; bold is no mark where all are."""
        starred = {n for n, choice in enumerate(self.choices) if choice.star}
        bold = {n for n, choice in enumerate(self.choices) if choice.line.bold}
        return starred or (bold if len(bold) < len(self.choices) else set())


def unsure_marks(questions: Sequence[Question]) -> str:
    """Why marks do not tell which choices are right; empty where they do."""
    for n, question in enumerate(questions, start=1):
        if question.answer is None and len(question.choices) > 1:
            count = len(question.marked())
            if count != 1:
                return (
                    "has no line ANSWER:, and bold or an asterisk does not tell which is right:"
                    f" question {question.number or n} has {count} choices that are so marked"
                )
    return ""


def item(question: Question, unsure: str) -> Item:
    """The question as an item without pictures. Raises LeftOutError.

    ``unsure`` says why marks do not tell which choices are right, if they do not.
    """
    if question.doubt:
        raise LeftOutError(question.doubt)
    if not question.stem or len(question.choices) < 2:
        raise LeftOutError("has no two choices, A) and B)")
    marked = question.marked()
    if question.answer is None:
        if unsure:
            raise LeftOutError(unsure)
        right = marked
    else:
        right = _key(question)
        if len(marked) == 1 and marked != right:
            raise LeftOutError("its answer is another choice than the one that is marked")
    choices = tuple(
        ItemChoice(_choice_text(choice), place in right)
        for place, choice in enumerate(question.choices)
    )
    return Item(
        _text(question.stem), choices, multiple=len(right) > 1, feedback=_text(question.feedback)
    )


def _key(question: Question) -> set[int]:
    """The places of the letters in an answer, behind which the choice's text may stand."""
    answer = question.answer or ""
    found = _LETTERS.match(answer)
    letters = [choice.letter for choice in question.choices]
    named = re.findall(r"\b[A-Za-z]\b", found[0]) if found else []
    right = {letters.index(name.upper()) for name in named if name.upper() in letters}
    rest = answer[found.end() :] if found else answer
    by_text = {n for n, each in enumerate(question.choices) if _plain(each.line) == _folded(answer)}
    if by_text and right and by_text != right:
        raise LeftOutError(
            f"has the answer “{answer[:40]}”, the letter of one choice and the text of another"
        )
    if len(by_text) == 1:
        return by_text
    told = {n for n, each in enumerate(question.choices) if _plain(each.line) == _folded(rest)}
    if not right or len(right) < len(named) or (_folded(rest) and told != right):
        raise LeftOutError(f"has the answer “{answer[:40]}”, which is no letter of its choices")
    return right


def _plain(line: Line) -> str:
    return _folded(line.text)


def _folded(text: str) -> str:
    return " ".join(text.strip(" .*:-\u2013").casefold().split())


def _choice_text(choice: Choice) -> str:
    line = choice.line.without(0, plain=choice.line.bold)
    text = line.markdown()
    return text.strip("\\* ").strip() if choice.star else text


def _text(lines: Sequence[Line]) -> str:
    """Paragraphs; the items of a list close to each other."""
    written = ""
    for before, line in zip([None, *lines], lines, strict=False):
        source = f"- {line.markdown()}" if line.bullet else line.markdown()
        close = before is not None and before.bullet and line.bullet
        written += source if not written else f"{chr(10) if close else chr(10) * 2}{source}"
    return written
