"""A question and what it is made of: choices, figures, variants; frozen."""

from collections.abc import Iterable, Sized
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic.config import JsonDict
from pydantic.functional_validators import AfterValidator

from content import fields as f
from content.phrases import phrase


class Consent(StrEnum):
    """The patient's consent to a figure's publication; a figure of unknown consent is refused."""

    OBTAINED = "obtained"
    NOT_REQUIRED = "not-required"
    UNKNOWN = "unknown"


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
            phrase("is unknown, so the figure cannot be used; find out, or take another figure"),
        )
    return consent


def _inside(file: str) -> str:
    if file.startswith("/") or "\\" in file or ":" in file or ".." in file.split("/"):
        raise f.wrong(
            "figure-outside",
            phrase(
                "is {given}, but must be a path inside the case's folder, such as figures/map.png",
                given=repr(file),
            ),
        )
    return file


_GIVEN: dict[frozenset[str], set[str]] = {}


class Part(BaseModel):
    # Validators are made when first used: few are used by themselves.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    def model_post_init(self, _context: Any, /) -> None:
        """Share the names of the fields that were given: sets are a fifth of a case's memory."""
        given = self.__pydantic_fields_set__
        object.__setattr__(
            self, "__pydantic_fields_set__", _GIVEN.setdefault(frozenset(given), given)
        )


class Figure(Part):
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


class Choice(Part):
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
Choices = Annotated[
    tuple[Choice, ...],
    Field(
        min_length=2,
        max_length=f.MAX_CHOICES,
        json_schema_extra={"contains": _RIGHT, "not": {"items": _RIGHT}},
    ),
]


def _guard_choices(choices: tuple[Choice, ...]) -> None:
    if not any(choice.correct for choice in choices):
        raise f.wrong("correct-missing", phrase("has no choice with `correct: true`"))
    if all(choice.correct for choice in choices):
        raise f.wrong("all-correct", phrase("has `correct: true` in every choice"))
    if unfair((choice.text, choice.correct) for choice in choices):
        raise f.wrong("equal-choices", phrase("has two equal choices of which one is right"))
    if repeated(choice.id for choice in choices):
        raise f.wrong("duplicate-choice-id", phrase("has two choices with the same id"))


def is_empty(value: Sized) -> bool:
    """What a snapshot leaves out, since cases that were kept before it was there lack it too."""
    return not value


class Variant(Part):
    """The same question of another patient or picture, for reviews; it stands alone.

    What it leaves out is as in its question; but with a vignette of its own, it shows no figures
    but its own.
    """

    id: f.Slug = Field(description="Unique in the question, kebab-case")
    vignette: f.Prose | None = Field(
        default=None,
        description="The story of another patient; only a variant of the first question can do"
        " without, if it has figures",
    )
    figures: tuple[Figure, ...] = Field(
        default=(),
        max_length=f.MAX_FIGURES,
        description="Shown with it, instead of the case's and the question's",
    )
    prompt: f.Prompt | None = Field(default=None, description="Where it differs")
    choices: Choices | None = Field(default=None, description="All of them, where they differ")
    key_point: f.KeyPoint | None = Field(default=None, description="Where it differs")

    @model_validator(mode="after")
    def _guard(self) -> Self:
        if self.choices is not None:
            _guard_choices(self.choices)
        return self


class Question(Part):
    """A quiz poll, and the text that opens it."""

    id: f.Slug = Field(description="Unique in the case, kebab-case")
    objective: f.Slug | None = Field(
        default=None,
        description="What is remembered of it; questions of one objective share its name,"
        " and one without a name has an objective of its own",
    )
    reveal: f.Prose | None = Field(
        default=None, description="New information, shown before the question"
    )
    figures: tuple[Figure, ...] = Field(
        default=(),
        max_length=f.MAX_FIGURES,
        description="Shown with this question",
        exclude_if=is_empty,
    )
    prompt: f.Prompt = Field(description="The question itself: at most 300 characters, one line")
    choices: Choices = Field(description="2 to 12; 3 to 5 are recommended")
    shuffle: f.Flag = Field(
        default=True, description="false keeps the file's order (ordered numbers)"
    )
    key_point: f.KeyPoint | None = Field(
        default=None,
        description="The poll's own explanation: at most 200 characters and 2 line feeds; needed"
        " for the last question, and before it must not give away what follows",
    )
    variants: tuple[Variant, ...] = Field(
        default=(),
        max_length=20,
        description="The same of other patients or pictures, which reviews ask in turn",
        exclude_if=is_empty,
    )

    def __hash__(self) -> int:
        """By its prompt: to go through all that it holds would take long at each look-up."""
        return hash(self.prompt)

    @property
    def correct(self) -> tuple[int, ...]:
        """The positions of the right choices in the file's order, ascending."""
        return tuple(n for n, choice in enumerate(self.choices) if choice.correct)

    def variant(self, variant_id: str) -> Variant | None:
        """The variant of this id."""
        return next((each for each in self.variants if each.id == variant_id), None)

    @model_validator(mode="after")
    def _guard(self) -> Self:
        _guard_choices(self.choices)
        if repeated(variant.id for variant in self.variants):
            raise f.wrong("duplicate-variant-id", phrase("has two variants with the same id"))
        if not self.key_point and not all(variant.key_point for variant in self.variants):
            raise f.wrong(
                "key-point-missing", phrase("needs a key_point, or each of its variants does")
            )
        return self
