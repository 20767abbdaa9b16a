"""A case and its parts, frozen: what is here keeps every rule that a case file must keep.

Every field carries the description that editors show. Rules across fields stand here as guards;
``content.rules`` finds the same faults in a file that did not parse, each at its place.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Self

from pydantic import ConfigDict, Field, model_validator

from content import fields as f
from content.phrases import phrase
from content.question import (
    Choice,
    Consent,
    Figure,
    Part,
    Question,
    Variant,
    is_empty,
    repeated,
)

__all__ = (
    "PART_MODELS",
    "Case",
    "Choice",
    "Consent",
    "Figure",
    "Level",
    "Lint",
    "Question",
    "Reference",
    "Review",
    "ReviewStatus",
    "Section",
    "Variant",
)


class Level(StrEnum):
    STUDENT = "student"
    RESIDENT = "resident"
    FELLOW = "fellow"


class ReviewStatus(StrEnum):
    UNREVIEWED = "unreviewed"
    REVIEWED = "reviewed"


class Section(Part):
    """A part of the discussion."""

    heading: f.Title = Field(description="One line, such as Cause")
    text: f.Prose = Field(description="Markdown; references are cited as [1] [2,5] [3-4]")


class Reference(Part):
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
            raise f.wrong("reference-source", phrase("needs either a journal or a site"))
        if self.pages and self.article:
            raise f.wrong("pages-and-article", phrase("has both pages and an article number"))
        if not (self.title or self.doi or self.pmid or self.url):
            raise f.wrong("reference-title", phrase("has neither a title nor a link to the work"))
        return self


class Review(Part):
    """Whether a clinician has reviewed the case; learners are told."""

    status: ReviewStatus = Field(
        default=ReviewStatus.UNREVIEWED, description="unreviewed or reviewed"
    )
    by: f.Name | None = Field(default=None, description="The reviewer, once reviewed")
    on: f.Day | None = Field(default=None, description="The day of the review, such as 2026-03-01")
    confirm: tuple[f.Line, ...] = Field(
        default=(),
        description="What the author asks the reviewer to look at; no learner sees it",
        exclude_if=is_empty,
    )

    @model_validator(mode="after")
    def _guard(self) -> Self:
        if self.status is ReviewStatus.REVIEWED and not (self.by and self.on):
            raise f.wrong(
                "review-incomplete", phrase("is `reviewed`, but does not say by whom and when")
            )
        return self


class Lint(Part):
    """What `check` shall not report on this case."""

    ignore: Mapping[f.Slug, f.Line] = Field(
        default={}, description="Rule names, each with its reason"
    )


# Of all cases that say nothing of these. Made unchecked, since a check of their own would need
# validators of their own.
_UNREVIEWED = Review.model_construct()
_NO_LINT = Lint.model_construct()


class Case(Part):
    """One teaching case, as its file says it."""

    id: f.Slug = Field(description="Stable, kebab-case; never shown before the answer")
    formerly: tuple[f.Slug, ...] = Field(
        default=(),
        description="Ids that the case had before, so that what was answered then still counts",
        exclude_if=is_empty,
    )
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

    @property
    def shown_figures(self) -> tuple[Figure, ...]:
        """All that learners see where it is posted: its own, then each question's."""
        return (*self.figures, *(each for asked in self.questions for each in asked.figures))

    def figures_with(self, position: int) -> tuple[Figure, ...]:
        """Those that come with a question: its own; with the first, the case's before them."""
        return (*(self.figures if position == 0 else ()), *self.questions[position].figures)

    @model_validator(mode="after")
    def _guard(self) -> Self:
        if repeated(question.id for question in self.questions):
            raise f.wrong("duplicate-question-id", phrase("has two questions with the same id"))
        if repeated(self.topics):
            raise f.wrong("duplicate-topic", phrase("names a topic twice"))
        if self.questions[-1].key_point is None:
            raise f.wrong("key-point-missing", phrase("needs a key_point in its last question"))
        for position, question in enumerate(self.questions):
            for variant in question.variants:
                if not variant.vignette and (position > 0 or not variant.figures):
                    raise f.wrong(
                        "variant-vignette", phrase("has a variant that does not stand alone")
                    )
        return self


PART_MODELS: Mapping[str, type[Part]] = {
    "questions": Question,
    "choices": Choice,
    "variants": Variant,
    "figures": Figure,
    "discussion": Section,
    "references": Reference,
    "review": Review,
    "lint": Lint,
}
"""What a key of a case holds, or each item of it."""
