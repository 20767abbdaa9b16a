"""A case and its parts, frozen: what is here keeps every rule that a case file must keep.

Every field carries the description that editors show. Rules across fields stand here as guards;
``content.rules`` finds the same faults in a file that did not parse, each at its place.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic.config import JsonDict
from pydantic.functional_validators import AfterValidator

from content import fields as f


class Level(StrEnum):
    STUDENT = "student"
    RESIDENT = "resident"
    FELLOW = "fellow"


class Consent(StrEnum):
    """The patient's consent to a figure's publication; a figure of unknown consent is refused."""

    OBTAINED = "obtained"
    NOT_REQUIRED = "not-required"
    UNKNOWN = "unknown"


class ReviewStatus(StrEnum):
    UNREVIEWED = "unreviewed"
    REVIEWED = "reviewed"


def repeated(names: Iterable[str | None]) -> list[int]:
    """The positions of the names that stand earlier already; None is no name."""
    seen: set[str] = set()
    found = []
    for position, name in enumerate(names):
        if name in seen:
            found.append(position)
        elif name is not None:
            seen.add(name)
    return found


def unfair(choices: Iterable[tuple[str, bool]]) -> list[int]:
    """The positions of choices that read as an earlier one does, though one of the two is right.

    Each choice is its text, and whether it is right.
    """
    seen: dict[str, bool] = {}
    return [
        position
        for position, (text, correct) in enumerate(choices)
        if seen.setdefault(f.as_read(text), correct) != correct
    ]


def _known_consent(consent: Consent) -> Consent:
    if consent is Consent.UNKNOWN:
        raise f.wrong(
            "consent-unknown",
            "is unknown, so the figure cannot be used; find out, or take another figure",
        )
    return consent


def _inside(file: str) -> str:
    if file.startswith("/") or "\\" in file or ":" in file or ".." in file.split("/"):
        raise f.wrong(
            "figure-outside",
            f"is {file!r}, but must be a path inside the case's folder, such as figures/map.png",
        )
    return file


_GIVEN: dict[frozenset[str], set[str]] = {}


class _Part(BaseModel):
    # Validators are made when first used: few are used by themselves.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    def model_post_init(self, _context: Any, /) -> None:
        """Share the names of the fields that were given: sets are a fifth of a case's memory."""
        given = self.__pydantic_fields_set__
        object.__setattr__(
            self, "__pydantic_fields_set__", _GIVEN.setdefault(frozenset(given), given)
        )


class Figure(_Part):
    """An image shown with the vignette."""

    file: Annotated[
        f.Name,
        AfterValidator(_inside),
        Field(description="PNG or JPEG, as a path from the case's folder: figures/map.png"),
    ]
    caption: f.Caption = Field(description="Says what is shown, without the diagnosis")
    alt: f.Line = Field(description="Describes the figure to those who cannot see it")
    creator: f.Name = Field(description="Who made it; credited after the answer")
    licence: f.Licence = Field(description="SPDX identifier, such as CC-BY-4.0")
    consent: Annotated[Consent, AfterValidator(_known_consent)] = Field(
        description="The patient's consent: obtained, or not-required (a drawing, a healthy"
        " volunteer); unknown is refused",
        json_schema_extra={"not": {"const": Consent.UNKNOWN.value}},
    )


class Choice(_Part):
    """One of a question's answers to choose from."""

    id: f.Slug | None = Field(
        default=None, description="Keeps statistics joined when wording is mended"
    )
    text: f.ChoiceText = Field(description="At most 100 characters, no formatting")
    correct: f.Flag = Field(default=False, description="true for a right answer; one or more")
    why: f.Prose | None = Field(
        default=None, description="Why it is right or wrong, with references: [1]"
    )


_RIGHT: JsonDict = {"properties": {"correct": {"const": True}}, "required": ["correct"]}


class Question(_Part):
    """A quiz poll, and the text that opens it."""

    id: f.Slug = Field(description="Unique in the case, kebab-case")
    reveal: f.Prose | None = Field(
        default=None, description="New information, shown before the question"
    )
    prompt: f.Prompt = Field(description="The question itself: at most 300 characters, one line")
    choices: tuple[Choice, ...] = Field(
        min_length=2,
        max_length=f.MAX_CHOICES,
        description="2 to 12; 3 to 5 are recommended",
        json_schema_extra={"contains": _RIGHT, "not": {"items": _RIGHT}},
    )
    shuffle: f.Flag = Field(
        default=True, description="false keeps the file's order (ordered numbers)"
    )
    key_point: f.KeyPoint | None = Field(
        default=None,
        description="The poll's own explanation: at most 200 characters and 2 line feeds; needed"
        " for the last question, and before it must not give away what follows",
    )

    def __hash__(self) -> int:
        """By its prompt: to go through all that it holds would take long at each look-up."""
        return hash(self.prompt)

    @property
    def correct(self) -> tuple[int, ...]:
        """The positions of the right choices in the file's order, ascending."""
        return tuple(n for n, choice in enumerate(self.choices) if choice.correct)

    @model_validator(mode="after")
    def _guard(self) -> Self:
        if not self.correct:
            raise f.wrong("correct-missing", "has no choice with `correct: true`")
        if len(self.correct) == len(self.choices):
            raise f.wrong("all-correct", "has `correct: true` in every choice")
        if unfair((choice.text, choice.correct) for choice in self.choices):
            raise f.wrong("equal-choices", "has two equal choices of which one is right")
        if repeated(choice.id for choice in self.choices):
            raise f.wrong("duplicate-choice-id", "has two choices with the same id")
        return self


class Section(_Part):
    """A part of the discussion."""

    heading: f.Title = Field(description="One line, such as Cause")
    text: f.Prose = Field(description="Markdown; references are cited as [1] [2,5] [3-4]")


class Reference(_Part):
    """A source, as far as it is known; what is not known is left out."""

    model_config = ConfigDict(
        json_schema_extra={
            "oneOf": [{"required": ["journal"]}, {"required": ["site"]}],
            "anyOf": [{"required": [field]} for field in ("title", "doi", "pmid", "url")],
        }
    )

    authors: tuple[f.Name, ...] = Field(
        default=(),
        description="Surname and initials, one an item: [Callen JP]; `et al` may end them",
    )
    title: f.Line | None = Field(
        default=None, description="The work's title; without it a doi, pmid or url is needed"
    )
    journal: f.Name | None = Field(default=None, description="Abbreviated as in PubMed")
    site: f.Name | None = Field(
        default=None, description="The web site's name, instead of a journal"
    )
    year: f.Year | None = Field(default=None, description="Of publication")
    volume: f.Locator | None = Field(default=None, description="Of the journal")
    issue: f.Locator | None = Field(default=None, description="Of the volume")
    pages: f.Locator | None = Field(default=None, description="Such as 53-57")
    article: f.Locator | None = Field(
        default=None, description="The article's number, instead of pages"
    )
    doi: f.Doi | None = Field(default=None, description="The bare DOI, such as 10.1000/182")
    pmid: f.Pmid | None = Field(default=None, description="The PubMed number")
    url: f.WebAddress | None = Field(default=None, description="For a web page")

    @model_validator(mode="after")
    def _guard(self) -> Self:
        if (self.journal is None) == (self.site is None):
            raise f.wrong("reference-source", "needs either a journal or a site")
        if self.pages and self.article:
            raise f.wrong("pages-and-article", "has both pages and an article number")
        if not (self.title or self.doi or self.pmid or self.url):
            raise f.wrong("reference-title", "has neither a title nor a link to the work")
        return self


class Review(_Part):
    """Whether a clinician has reviewed the case; learners are told."""

    status: ReviewStatus = Field(
        default=ReviewStatus.UNREVIEWED, description="unreviewed or reviewed"
    )
    by: f.Name | None = Field(default=None, description="The reviewer, once reviewed")
    on: f.Day | None = Field(default=None, description="The day of the review, such as 2026-03-01")

    @model_validator(mode="after")
    def _guard(self) -> Self:
        if self.status is ReviewStatus.REVIEWED and not (self.by and self.on):
            raise f.wrong("review-incomplete", "is `reviewed`, but does not say by whom and when")
        return self


class Lint(_Part):
    """What `check` shall not report on this case."""

    ignore: Mapping[f.Slug, f.Line] = Field(
        default={}, description="Rule names, each with its reason"
    )


# Of all cases that say nothing of these. Made unchecked, since a check of their own would need
# validators of their own.
_UNREVIEWED = Review.model_construct()
_NO_LINT = Lint.model_construct()


class Case(_Part):
    """One teaching case, as its file says it."""

    id: f.Slug = Field(description="Stable, kebab-case; never shown before the answer")
    title: f.Title = Field(description="Shown to learners, so it must not give the answer away")
    series: f.Name | None = Field(default=None, description="A name that cases can share")
    language: f.Language | None = Field(
        default=None, description="Of the text, such as es; English unless said"
    )
    topics: tuple[f.Slug, ...] = Field(min_length=1, description="Kebab-case: [rheumatology]")
    level: Level = Field(description="Whom it is written for: student, resident or fellow")
    difficulty: f.Share | None = Field(
        default=None, description="The share of learners expected to answer correctly, 0 to 1"
    )
    vignette: f.Prose = Field(
        description="The story, in Markdown: paragraphs, bold, italic, lists, links"
    )
    figures: tuple[Figure, ...] = Field(
        default=(), max_length=f.MAX_FIGURES, description="Shown with the vignette"
    )
    questions: tuple[Question, ...] = Field(min_length=1, max_length=20, description="In order")
    discussion: tuple[Section, ...] = Field(default=(), description="Follows the last answer")
    references: tuple[Reference, ...] = Field(
        default=(), description="Cited by their place: [1] is first"
    )
    based_on: f.Prose | None = Field(
        default=None, description="Credit to the article the case follows"
    )
    authors: tuple[f.Name, ...] = Field(min_length=1, description="Who wrote the case")
    licence: f.Licence = Field(description="SPDX identifier of the text, such as CC-BY-4.0")
    review: Review = Field(
        default_factory=lambda: _UNREVIEWED, description="Shown to learners as it is"
    )
    lint: Lint = Field(
        default_factory=lambda: _NO_LINT, description="What `check` shall not report"
    )

    def __hash__(self) -> int:
        """By its id: to go through all that it holds would take long at each look-up."""
        return hash(self.id)

    @model_validator(mode="after")
    def _guard(self) -> Self:
        if repeated(question.id for question in self.questions):
            raise f.wrong("duplicate-question-id", "has two questions with the same id")
        if repeated(self.topics):
            raise f.wrong("duplicate-topic", "names a topic twice")
        if self.questions[-1].key_point is None:
            raise f.wrong("key-point-missing", "needs a key_point in its last question")
        return self
