r"""Moodle's GIFT: questions as lines of text.

    // [tag:cardiology]
    ::A name:: [markdown]What is it? {
        =Right #why
        ~Wrong #why not
        ####What is said after any answer
    }

An empty line ends a question. ``~ = # { } :`` lose their meaning behind a backslash, and ``\n`` is
a line break. Without an ``=`` all right answers are asked for, each weighted as in ``~%50%``.
``{T}`` and ``{F}`` make true and false the choices. ``~=`` is taken for ``=``.
The grammar is that of https://docs.moodle.org/en/GIFT_format and of Moodle's own importer.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from content.exchange.gift_syntax import CATEGORY, Block, Part, blocks, escaped
from content.exchange.html_reading import read_html
from content.exchange.item import MOST_ITEMS, TOO_MANY, Item, ItemChoice, Reading, Skipped
from content.exchange.markdown_text import from_plain
from content.exchange.text_bytes import decode
from content.exchange.weights import doubt

_FORMAT = re.compile(r"\s*\[(html|moodle|plain|markdown)\]")
_TAG = re.compile(r"\[tags?:((?:\\\]|[^\]])+)\]")
_ID = re.compile(r"\[id:((?:\\\]|[^\]])+)\]")
_WEIGHT = re.compile(r"%(-?\d{1,3}(?:\.\d*)?)%")
_HTML = re.compile(r"</?[a-z][^<>]*>|&(?:#\d+|#x[0-9a-f]+|[a-z]+\d*);", re.IGNORECASE)
# Where Moodle keeps a category says nothing of what it is about.
_CATEGORY_ROOT = re.compile(r"^(?:\$\w+\$(?:/|$))?(?:top(?:/|$))?")
_MOST_ANSWERS = 100  # what has more is a list; no program shows it as a question
_TRUE = frozenset({"T", "TRUE"})
_TRUE_OR_FALSE = _TRUE | {"F", "FALSE"}


class _LeftOutError(Exception):
    """Why a question cannot be taken."""


def read(data: bytes) -> Reading:
    """The multiple-choice questions of a GIFT file."""
    file = decode(data)
    items: list[Item] = []
    skipped: list[Skipped] = []
    notes = list(file.notes)
    category = ""
    for block in blocks(file.text):
        if found := CATEGORY.match(block.text):
            category = _CATEGORY_ROOT.sub("", Part.of(found[1]).text)
            continue
        if len(items) + len(skipped) == MOST_ITEMS:
            return TOO_MANY
        question = _Question(block, category)
        try:
            items.append(question.item())
        except _LeftOutError as why:
            skipped.append(Skipped(f"line {block.line}", question.title, str(why)))
        else:
            notes += (f"line {block.line}: {lost} was left out" for lost in question.lost)
    return Reading(tuple(items), tuple(skipped), tuple(notes))


def write(items: Sequence[Item]) -> bytes:
    """A GIFT file in UTF-8, its texts in Markdown; pictures and ``shuffle`` have no place in it."""
    parts: list[str] = []
    for category, group in groupby(items, key=lambda item: item.category):
        if category or parts:
            parts.append(f"$CATEGORY: {escaped(category) or '$course$/top'}\n")
        parts += [_written(item) for item in group]
    return "\n".join(parts).encode()


class _Question:
    """One block being read. ``lost`` names what Markdown could not say of its HTML."""

    def __init__(self, block: Block, category: str) -> None:
        self._block = block
        self._category = category
        self._format = "moodle"
        self.lost: dict[str, None] = {}
        title, self._rest = _titled(Part.of(block.text))
        ids = _ID.findall(block.comments)
        self.title = title or (ids[0].replace("\\]", "]").strip() if ids else "")
        if title and ids:
            self.lost["its [id:] besides its name"] = None

    def item(self) -> Item:
        """The item. Raises _LeftOutError."""
        stem, answers = _sections(self._rest)
        feedback_at = answers.bare.rfind("####")
        feedback = answers.cut(feedback_at + 4) if feedback_at >= 0 else Part("", "")
        answers = answers.cut(0, feedback_at) if feedback_at >= 0 else answers
        _refuse_other_types(answers)
        found = _FORMAT.match(stem.bare)
        self._format = found[1] if found else self._format
        truth = answers.bare.partition("#")[0].strip()
        is_true_false = truth in _TRUE_OR_FALSE and not re.search("[~=]", answers.bare)
        if is_true_false:
            choices = self._true_and_false(answers, right=truth in _TRUE)
        else:
            choices = tuple(self._choices(answers))
        return Item(
            stem=self._markdown(stem),
            choices=choices,
            name=self.title,
            multiple="=" not in answers.bare and not is_true_false,
            shuffle=not is_true_false,
            feedback=self._markdown(feedback),
            tags=_tags(self._block.comments),
            category=self._category,
            line=self._block.line,
        )

    def _true_and_false(self, answers: Part, *, right: bool) -> tuple[ItemChoice, ...]:
        """What is said to a wrong answer stands before what is said to the right one."""
        _, rest = answers.parted("#")
        if_wrong, if_right = map(self._markdown, rest.parted("#"))
        return tuple(
            ItemChoice(text, value is right, if_right if value is right else if_wrong)
            for text, value in (("True", True), ("False", False))
        )

    def _choices(self, answers: Part) -> Iterator[ItemChoice]:
        marks = list(re.finditer(r"~[ \t]*=|[~=]", answers.bare))
        single = "=" in answers.bare
        if len(marks) > _MOST_ANSWERS:
            raise _LeftOutError(f"has {len(marks):,} answers")
        if answers.bare[: marks[0].start()].strip():
            raise _LeftOutError("there is text before its first answer")
        _refuse_equals_within(answers, marks)
        weights: list[float] = []
        ends = [*(mark.start() for mark in marks[1:]), None]
        for mark, end in zip(marks, ends, strict=True):
            answer, feedback = answers.cut(mark.end(), end).parted("#")
            weight = 100.0 if "=" in mark[0] else 0.0
            if found := _WEIGHT.match(answer.bare.lstrip()):
                weight = float(found[1])
                answer = answer.cut(answer.bare.index("%") + len(found[0]))
            text = self._markdown(answer)
            if single and 0 < weight < 100:
                raise _LeftOutError(f"gives {weight:g}% for “{text}”; a choice is right or wrong")
            weights.append(weight)
            yield ItemChoice(text, weight > 0, self._markdown(feedback))
        if not single and max(weights) > 0 and (why := doubt(weights)):
            raise _LeftOutError(why)

    def _markdown(self, part: Part) -> str:
        found = _FORMAT.match(part.bare)
        text = part.cut(found.end()).text if found else part.text
        match found[1] if found else self._format:
            case "markdown":
                return text
            case "moodle" if _HTML.search(text):
                return self._from_html(text.replace("\n", "<br>"))
            case "html":
                return self._from_html(text)
            case _:
                return from_plain(text)

    def _from_html(self, html: str) -> str:
        read = read_html(html)
        self.lost |= dict.fromkeys(read.lost)
        self.lost |= {f"the picture {image.src[:80]}": None for image in read.images}
        return read.markdown


def _refuse_equals_within(answers: Part, marks: Sequence[re.Match[str]]) -> None:
    """Refuse a = that stands within a text, as in ``~pH=7.1``, where others begin answers."""
    right = [mark for mark in marks if "=" in mark[0]]
    within = [
        place
        for place in (mark.start() for mark in right if mark[0] == "=")
        if answers.bare[max(0, place - 1) : place].strip()
    ]
    if within and len(within) < len(right):
        near = answers.raw[max(0, within[0] - 20) : within[0] + 10].split("~")[-1].strip()
        raise _LeftOutError(
            f"has a = within “{near}”, which would begin a right answer; write \\= if it does not"
        )


def _titled(part: Part) -> tuple[str, Part]:
    if not part.bare.startswith("::") or part.bare.find("::", 2) < 0:
        return "", part
    title, rest = part.cut(2).parted("::")
    return " ".join(title.text.split()), rest


def _sections(part: Part) -> tuple[Part, Part]:
    """The stem, a blank in it where answers are put into a sentence, and the answers."""
    opening, closing = part.bare.find("{"), part.bare.find("}")
    if opening < 0 and closing < 0:
        raise _LeftOutError("has no answers: a description")
    if opening < 0 or closing < opening:
        raise _LeftOutError("its braces do not match; an empty line ends a question")
    after = part.cut(closing + 1)
    if "{" in part.bare[opening + 1 : closing] or re.search("[{}]", after.bare):
        raise _LeftOutError("has more than one pair of braces; an empty line parts questions")
    before = part.cut(0, opening)
    blank = "_____" if after.bare.strip() else ""
    stem = Part(before.raw + blank + after.raw, before.bare + blank + after.bare)
    return stem, part.cut(opening + 1, closing)


def _refuse_other_types(answers: Part) -> None:
    bare = answers.bare.strip()
    if not bare:
        raise _LeftOutError("is an essay question")
    if bare.startswith("#"):
        raise _LeftOutError("is a numerical question")
    if "~" in bare:
        return
    if "=" in bare and "->" in bare:
        raise _LeftOutError("is a matching question")
    if bare.partition("#")[0].strip() in _TRUE_OR_FALSE:
        return
    raise _LeftOutError("is a short-answer question")


def _tags(comments: str) -> tuple[str, ...]:
    tags = (tag.replace("\\]", "]") for found in _TAG.findall(comments) for tag in found.split(","))
    return tuple(dict.fromkeys(tag.strip() for tag in tags if tag.strip()))


def _written(item: Item) -> str:
    tags = "".join(
        f"[tag:{' '.join(tag.split()).replace(']', chr(92) + ']')}]" for tag in item.tags
    )
    lines = [f"// {tags}"] if tags else []
    name = f"::{escaped(' '.join(item.name.split()))}::" if item.name else ""
    lines.append(f"{name}[markdown]{escaped(item.stem)} {{")
    right = sum(choice.correct for choice in item.choices)
    for choice in item.choices:
        lines.append(f"    {_mark(item, choice, right)}{_answer(choice.text)}")
        if choice.feedback:
            lines[-1] += f" #{_answer(choice.feedback)}"
    if item.feedback:
        lines.append(f"    ####{_answer(item.feedback)}")
    return "\n".join([*lines, "}", ""])


def _mark(item: Item, choice: ItemChoice, right: int) -> str:
    """``=`` or ``~``; where all right ones are asked for, weights that only they add up to 100."""
    if not item.multiple:
        return "=" if choice.correct else "~"
    return f"~%{f'{100 / right:.5f}'.rstrip('0').rstrip('.')}%" if choice.correct else "~%-100%"


def _answer(text: str) -> str:
    """An answer's text; one that looks like a format or a weight says its format itself."""
    return f"{'[markdown]' if text.startswith(('[', '%')) else ''}{escaped(text)}"
