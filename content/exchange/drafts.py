"""Items from elsewhere as drafts of case files, with what no format says left for the author."""

from collections.abc import Iterable, Mapping
from pathlib import PurePath

from msgspec import Struct, field
from msgspec.structs import replace
from pydantic import BaseModel, ConfigDict, field_validator

from content import fields as f
from content.citation import cited
from content.exchange.draft_figures import Figures, figures_of, picture_fault
from content.exchange.item import Item, ItemChoice, Skipped
from content.exchange.latex import formula
from content.exchange.limits import LeftOutError, checked, refuse
from content.exchange.names import Ids, slug
from content.exchange.stems import Stem, is_formatted, one_line, split, unnumbered
from content.model import Consent, Level
from content.tree import Loc
from content.yaml_text import Value, case_text, writable

HEADING = "Explanation"

_COMMENTS: dict[Loc, str] = {
    ("title",): "shown to learners first, so it must not give the answer away",
    ("topics",): "such as [cardiology]",
    ("level",): "student, resident or fellow",
    ("vignette",): "the story that leads to the question",
    ("authors",): "who wrote it",
    ("licence",): "of the text, such as CC-BY-4.0, and yours to give",
    ("key_point",): "what to remember, in at most 200 characters",
    ("caption",): "what is shown, without the diagnosis",
    ("alt",): "the same for those who cannot see it",
    ("creator",): "who made it",
    ("figures", "licence"): "of the picture, such as CC-BY-4.0",
    ("consent",): "the patient's: obtained, or not-required",
}


class Known(BaseModel):
    """What holds for a whole bank, so that no draft of it leaves it open.

    It fills what a file does not say itself; to a file's own topics it adds. ``creator``,
    ``figure_licence`` and ``consent`` are the figures'.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    topics: tuple[f.Slug, ...] = ()
    level: Level | None = None
    authors: tuple[f.Name, ...] = ()
    licence: f.Licence | None = None
    series: f.Name | None = None
    language: f.Language | None = None
    based_on: f.Prose | None = None
    creator: f.Name | None = None
    figure_licence: f.Licence | None = None
    consent: Consent | None = None

    @field_validator("consent")
    @classmethod
    def _is_known(cls, consent: Consent | None) -> Consent | None:
        if consent is Consent.UNKNOWN:
            raise ValueError("unknown")
        return consent

    @property
    def of_figures(self) -> dict[str, str]:
        """What is known of each figure, by its keys in a case file."""
        consent = self.consent.value if self.consent else None
        said = {"creator": self.creator, "licence": self.figure_licence, "consent": consent}
        return {key: value for key, value in said.items() if value}


class Draft(Struct, frozen=True):
    """A case file and its figures, as paths from its folder, with their bytes.

    ``lacks`` is what `check` will refuse it for until its author has completed it.
    """

    id: str
    text: str
    figures: Figures = ()
    lacks: tuple[str, ...] = ()

    @property
    def files(self) -> dict[str, bytes]:
        """All files by name, the case last: it names the others."""
        return {**dict(self.figures), f"{self.id}.yaml": self.text.encode()}


def drafts(
    items: Iterable[Item], source: str, known: Known, ids: Ids
) -> tuple[tuple[Draft, ...], tuple[Skipped, ...]]:
    """A draft of each item that fits the limits of a case, and the rest with its reasons.

    ``source`` is the file's name, for comments. ``ids`` gives each draft an id of its own.
    """
    made: list[Draft] = []
    skipped: list[Skipped] = []
    for number, read in enumerate(items, start=1):
        item = replace(read, stem=unnumbered(read.stem))
        try:
            made.append(_Drafting(item, known).draft(source, _id(item, number), ids))
        except LeftOutError as why:
            place = f"line {item.line}" if item.line else f"question {number}"
            skipped.append(Skipped(place, item.name, str(why)))
    return tuple(made), tuple(skipped)


def _id(item: Item, number: int) -> str:
    """From its name, else from its first words; ids are for authors only."""
    return (
        slug(item.name) or slug(" ".join(one_line(item.stem[:200]).split()[:6])) or f"case-{number}"
    )


class _Drafting(Struct):
    """One item on its way into a case file; ``comments`` gather what its author must know.

    ``lacks`` gathers what is found wrong beside what `check` finds in the text.
    """

    item: Item
    known: Known
    comments: dict[Loc, str] = field(default_factory=dict)
    lacks: list[str] = field(default_factory=list)

    def draft(self, source: str, name: str, ids: Ids) -> Draft:
        """The draft. Raises LeftOutError."""
        refuse(self.item)
        case_id = ids.new(name)
        figures = figures_of(self.item.pictures, case_id)
        data = self._case(case_id, figures)
        place = f", line {self.item.line}" if self.item.line else ""
        self.comments[()] = (
            f"Imported from {PurePath(source).name}{place}. What is empty is for you to fill in;"
            " morning-report check refuses the case until then."
        )
        text = case_text(data, self.comments)
        lacks, faults = checked(text)
        if faults:
            raise LeftOutError("; ".join(faults[:3]))
        return Draft(case_id, text, figures, (*lacks, *self.lacks))

    def _case(self, case_id: str, figures: Figures) -> dict[str, Value]:
        item, known = self.item, self.known
        stem = split(item.stem)
        if stem is None:
            stem = Stem(item.stem.strip(), "")
            self.comments["questions", 0, "prompt"] = (
                f"no question of at most {f.PROMPT_LENGTH} characters stands at the end of the"
                " vignette: write it here, and leave there what leads to it"
            )
        data: dict[str, Value] = {
            "id": case_id,
            "title": "",
            "series": item.category or known.series,
            "language": known.language,
            "topics": self._topics(),
            "level": known.level.value if known.level else "",
            "vignette": stem.vignette,
            "figures": [self._figure(place, file) for place, (file, _) in enumerate(figures)],
            "questions": [self._question(stem)],
            "discussion": _discussion(item),
            "references": "",
            "based_on": known.based_on,
            "authors": known.authors,
            "licence": known.licence or "",
            "review": {"status": "unreviewed"},
        }
        self._leave_open((), data, ("title", "topics", "level", "vignette", "authors", "licence"))
        self._note_formulas()
        if item.name:
            self.comments["title",] += f"; in the bank its name was: {writable(item.name)}"
        self._ask_for_references()
        return {key: value for key, value in data.items() if value or (key,) in self.comments}

    def _leave_open(self, loc: Loc, data: Mapping[str, Value], keys: Iterable[str]) -> None:
        for key in keys:
            if not data[key]:
                self.comments[*loc, key] = _COMMENTS.get((*loc[:1], key)) or _COMMENTS[key,]

    def _note_formulas(self) -> None:
        """LaTeX stays as it is written, in texts that show it so."""
        item = self.item
        said = [item.stem, item.feedback]
        said += (text for choice in item.choices for text in (choice.text, choice.feedback))
        if found := next(filter(None, map(formula, said)), ""):
            self.comments["questions",] = (
                f"formulas in LaTeX, such as {writable(found)}: learners would see them as"
                " they stand; write them in words or signs, such as x²"
            )
            self.lacks.append("has formulas in LaTeX, which learners would see as they stand")

    def _topics(self) -> list[str]:
        slugs = {tag: slug(tag) for tag in self.item.tags}
        if strange := [tag for tag, name in slugs.items() if not name]:
            self.comments["topics",] = f"tags that are no topics here: {', '.join(strange)}"
        return list(dict.fromkeys([*filter(None, slugs.values()), *self.known.topics]))

    def _figure(self, place: int, file: str) -> Value:
        figure = dict.fromkeys(("file", "caption", "alt", "creator", "licence", "consent"), "")
        if fault := picture_fault(self.item.pictures[place]):
            self.comments["figures", place, "file"] = f"save it as PNG or JPEG: {fault}"
            self.lacks.append(f"figure {place + 1}: {fault}")
        figure |= {"file": file, "alt": self.item.pictures[place].alt} | self.known.of_figures
        self._leave_open(("figures", place), figure, list(figure))
        return figure

    def _question(self, stem: Stem) -> Value:
        loc: Loc = ("questions", 0)
        choices = self.item.choices
        if stem.formatted:
            self.comments[*loc, "prompt"] = "its formatting is lost: a poll's question has none"
        if self.item.multiple and sum(choice.correct for choice in choices) == 1:
            self.comments[*loc, "choices"] = "all right answers were asked for; there is one"
        self.comments[*loc, "key_point"] = _COMMENTS["key_point",]
        shuffle: dict[str, Value] = {} if self.item.shuffle else {"shuffle": False}
        return {
            "id": "question",
            "prompt": stem.prompt,
            "choices": [
                self._choice(choice, (*loc, "choices", place))
                for place, choice in enumerate(choices)
            ],
            **shuffle,
            "key_point": "",
        }

    def _choice(self, choice: ItemChoice, loc: Loc) -> Value:
        if is_formatted(choice.text):
            self.comments[*loc, "text"] = "its formatting is lost: a poll's choice has none"
        written: dict[str, Value] = {"text": one_line(choice.text)}
        if len(one_line(choice.text)) > f.CHOICE_LENGTH:
            self.comments[*loc, "text"] = f"shorten it: a poll takes {f.CHOICE_LENGTH} characters"
        if choice.correct:
            written["correct"] = True
        if f.has_visible_character(choice.feedback):
            written["why"] = choice.feedback
        return written

    def _ask_for_references(self) -> None:
        texts = (self.item.feedback, *(choice.feedback for choice in self.item.choices))
        if numbers := sorted({number for text in texts for number in cited(text)}):
            listed = ", ".join(f"[{number}]" for number in numbers[:20])
            self.comments["references",] = f"the texts cite {listed}: list them in their order"


def _discussion(item: Item) -> Value:
    if not f.has_visible_character(item.feedback):
        return ""
    return [{"heading": HEADING, "text": item.feedback}]
