"""A case as the rules read it: whatever its file says, even where it is no legal case yet.

A text that is missing is None, and a list that is missing is empty, so that one mistake in a file
does not hide another.
"""

import re
from collections.abc import Iterator
from datetime import date
from functools import cached_property

from msgspec import Struct

from content.images import FigureFile
from content.lint.variant_files import variant_files
from content.loader import CaseFile, as_named
from content.markup import parse, visible
from content.problems import Mark
from content.tree import Loc, Mapping, Node, items, text

_WORD = re.compile(r"[^\W_]+(?:[-'\u2019][^\W_]+)*")
# Titles, prompts and choices go to Telegram as they are, so a star in them is a star.
_MARKDOWN = frozenset({"vignette", "caption", "reveal", "why", "key_point", "based_on"})

# What no legal case exceeds: of more, which the loader reports, rules read the beginning, so that
# no file takes them long.
_LONGEST_LINE = 1000
_LONGEST_PROSE = 20_000
_MOST_CHOICES = 50


class Passage(Struct, frozen=True, dict=True):
    """A text of the case, where it stands, and its place: ``("questions", 0, "prompt")``."""

    loc: Loc
    mark: Mark
    text: str

    @property
    def is_line(self) -> bool:
        """Whether this is one line without markup, such as a title, a prompt or a choice."""
        return not _is_prose(self.loc)

    @cached_property
    def plain(self) -> str:
        """What a reader sees, without markup."""
        return " ".join(self.text.split()) if self.is_line else visible(parse(self.text))

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words in lower case; a hyphen or an apostrophe within a word does not end it."""
        return tuple(_WORD.findall(self.plain.lower()))

    @property
    def word_count(self) -> int:
        """How many words a reader counts: what stands between spaces."""
        return len(self.plain.split())


class FigureText(Struct, frozen=True):
    """What is said about a figure; ``position`` is that of the question with which it comes."""

    mark: Mark
    caption: Passage | None
    alt: Passage | None
    position: int


class ChoiceText(Struct, frozen=True):
    """A choice; ``mark`` is that of the whole."""

    mark: Mark
    text: Passage | None
    correct: bool
    why: Passage | None


class QuestionText(Struct, frozen=True):
    """A question; ``mark`` is that of the whole."""

    mark: Mark
    reveal: Passage | None
    prompt: Passage | None
    choices: tuple[ChoiceText, ...]
    shuffle: bool
    key_point: Passage | None

    @property
    def options(self) -> tuple[Passage, ...]:
        """The texts of the choices that have one."""
        return tuple(choice.text for choice in self.choices if choice.text)

    @property
    def correct(self) -> tuple[Passage, ...]:
        """The texts of the right choices."""
        return tuple(choice.text for choice in self.choices if choice.correct and choice.text)

    @property
    def wrong(self) -> tuple[Passage, ...]:
        """The texts of the wrong choices."""
        return tuple(choice.text for choice in self.choices if not choice.correct and choice.text)


class SectionText(Struct, frozen=True):
    """A section of the discussion."""

    mark: Mark
    heading: Passage | None
    text: Passage | None


class ReferenceText(Struct, frozen=True):
    """A reference: its texts by field; of the authors, each."""

    mark: Mark
    fields: dict[str, str]
    authors: tuple[str, ...]


class Subject(Struct, frozen=True, dict=True):
    """Everything a rule can look at; ``file`` is where it was read from.

    Without ``today`` nothing is judged by its age. ``variant``: this is the case as that variant
    shows it, by itself.
    """

    file: CaseFile
    today: date | None = None
    variant: str | None = None

    @cached_property
    def variants(self) -> tuple["Subject", ...]:
        """The case as each of its variants shows it."""
        return tuple(
            Subject(each, self.today, variant_id) for variant_id, each in variant_files(self.file)
        )

    @cached_property
    def title(self) -> Passage | None:
        return self._passage("title")

    @cached_property
    def vignette(self) -> Passage | None:
        return self._passage("vignette")

    @cached_property
    def based_on(self) -> Passage | None:
        return self._passage("based_on")

    @cached_property
    def figures(self) -> tuple[FigureText, ...]:
        """What is said about the case's figures, then about those of each question."""
        return tuple(
            FigureText(
                node.mark,
                self._passage(*loc, "caption"),
                self._passage(*loc, "alt"),
                loc[1] if loc[0] == "questions" and isinstance(loc[1], int) else 0,
            )
            for loc, node in self._figures()
        )

    def _figures(self) -> Iterator[tuple[Loc, Node]]:
        tree = self.file.tree
        for n, node in enumerate(items(tree, "figures")):
            yield ("figures", n), node
        for position, question in enumerate(items(tree, "questions")):
            for n, node in enumerate(items(question, "figures")):
                yield ("questions", position, "figures", n), node

    @property
    def pictures(self) -> Iterator[tuple[Mark, str, FigureFile]]:
        """The figures themselves, each with its name and where that stands; of a legal case."""
        for _, node in self._figures() if self.file.case else ():
            if name := text(node, "file"):
                yield name.mark, name.text, self.file.figures[as_named(name)]

    @cached_property
    def questions(self) -> tuple[QuestionText, ...]:
        return tuple(
            self._question(n, node) for n, node in enumerate(items(self.file.tree, "questions"))
        )

    @cached_property
    def discussion(self) -> tuple[SectionText, ...]:
        return tuple(
            SectionText(
                node.mark,
                self._passage("discussion", n, "heading"),
                self._passage("discussion", n, "text"),
            )
            for n, node in enumerate(items(self.file.tree, "discussion"))
        )

    @cached_property
    def references(self) -> tuple[ReferenceText, ...]:
        return tuple(_reference(node) for node in items(self.file.tree, "references"))

    @cached_property
    def before_the_answer(self) -> tuple[Passage, ...]:
        """What a learner sees before answering: title, vignette, figures, reveals and prompts."""
        shown = [self.title, self.vignette]
        shown += [text for figure in self.figures for text in (figure.caption, figure.alt)]
        shown += [text for each in self.questions for text in (each.reveal, each.prompt)]
        return tuple(passage for passage in shown if passage)

    @cached_property
    def texts(self) -> tuple[Passage, ...]:
        """All that learners read, in the order in which they read it, without the references."""
        return tuple(self._texts())

    def _texts(self) -> Iterator[Passage]:
        yield from self.before_the_answer
        for question in self.questions:
            for choice in question.choices:
                yield from (text for text in (choice.text, choice.why) if text)
            if question.key_point:
                yield question.key_point
        for section in self.discussion:
            yield from (text for text in (section.heading, section.text) if text)
        if self.based_on:
            yield self.based_on

    def _passage(self, *loc: int | str) -> Passage | None:
        found = text(self.file.tree, *loc)
        longest = _LONGEST_PROSE if _is_prose(loc) else _LONGEST_LINE
        return Passage(loc, found.mark, found.text[:longest]) if found else None

    def _question(self, n: int, node: Node) -> QuestionText:
        place = ("questions", n)
        shuffle = text(node, "shuffle")
        choices = tuple(
            ChoiceText(
                choice.mark,
                self._passage(*place, "choices", c, "text"),
                (correct := text(choice, "correct")) is not None and correct.text == "true",
                self._passage(*place, "choices", c, "why"),
            )
            for c, choice in enumerate(items(node, "choices")[:_MOST_CHOICES])
        )
        return QuestionText(
            node.mark,
            self._passage(*place, "reveal"),
            self._passage(*place, "prompt"),
            choices,
            not (shuffle and shuffle.text == "false"),
            self._passage(*place, "key_point"),
        )


def _is_prose(loc: Loc) -> bool:
    return loc[-1] in _MARKDOWN or (loc[0] == "discussion" and loc[-1] == "text")


def _reference(node: Node) -> ReferenceText:
    entries = node.entries if isinstance(node, Mapping) else {}
    fields = {key: found.text for key in entries if (found := text(node, key))}
    authors = tuple(found.text for author in items(node, "authors") if (found := text(author)))
    return ReferenceText(node.mark, fields, authors)
