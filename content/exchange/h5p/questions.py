"""One question of H5P: its stem, choices, picture, and what is said of the answer."""

import re
from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from content.exchange.h5p.values import Values, group, groups, text, texts_of, truth
from content.exchange.html_reading import HtmlText, Image, joined, read_html
from content.exchange.item import Item, ItemChoice, LeftOutError
from content.exchange.markdown_text import from_plain
from content.exchange.pictures import gather

Find = Callable[[str], bytes | None]
Found = tuple[Item, tuple[str, ...]]
Choice = tuple[HtmlText, bool, HtmlText]

_UNTITLED = re.compile(r"untitled\b.*", re.IGNORECASE)
_NOTHING = HtmlText("")


class _Asked(Struct, frozen=True):
    """What of a question hangs on its kind; ``general`` is said after any answer."""

    choices: Sequence[Choice]
    multiple: bool
    shuffle: bool
    general: HtmlText = _NOTHING
    notes: tuple[str, ...] = ()


class Question(Struct, frozen=True):
    """A question as it stands in a package, with its title and the set it is in."""

    values: Values
    title: str
    category: str
    find: Find

    @property
    def name(self) -> str:
        """Its title, unless it is what the editor calls all that have none."""
        title = " ".join(self.title.split())
        return "" if _UNTITLED.fullmatch(title) else title


def multiple_choice(question: Question) -> Iterator[Found]:
    """The question of H5P.MultiChoice. Raises LeftOutError."""
    values = question.values
    behaviour = group(values, "behaviour") or values  # where it stood before version 1.1
    notes: list[str] = []
    choices: list[Choice] = []
    for answer in groups(values, "answers"):
        correct = truth(answer, "correct")
        if correct is None and answer.get("correct") is not None:
            raise LeftOutError("says neither yes nor no of a choice")
        said = group(answer, "tipsAndFeedback") or answer
        choices.append((read_html(text(answer, "text")), bool(correct), _of_choice(said, notes)))
        if read_html(text(said, "tip")).markdown:
            notes.append("its hints were left out")
    general, more = _overall(values)
    multiple = _is_multiple(behaviour, sum(correct for _, correct, _ in choices))
    shuffle = truth(behaviour, "randomAnswers") is not False
    notes = list(dict.fromkeys(notes))
    yield _item(question, _Asked(choices, multiple, shuffle, general, (*notes, *more)))


def true_or_false(question: Question) -> Iterator[Found]:
    """The question of H5P.TrueFalse: two choices in the package's own words."""
    values = question.values
    correct = truth(values, "correct")
    if correct is None:
        raise LeftOutError("says neither true nor false")
    words, behaviour = group(values, "l10n"), group(values, "behaviour")
    if_right = read_html(text(behaviour, "feedbackOnCorrect"))
    if_wrong = read_html(text(behaviour, "feedbackOnWrong"))
    choices = [
        (
            HtmlText(from_plain(text(words, name) or otherwise)),
            truth_of is correct,
            if_right if truth_of is correct else if_wrong,
        )
        for name, otherwise, truth_of in (("trueText", "True", True), ("falseText", "False", False))
    ]
    yield _item(question, _Asked(choices, multiple=False, shuffle=False))


def single_choices(question: Question) -> Iterator[Found]:
    """The questions of H5P.SingleChoiceSet, of whose answers the first is right by definition."""
    for each in groups(question.values, "choices"):
        texts = texts_of(each, "answers")
        choices = [(read_html(answer), place == 0, _NOTHING) for place, answer in enumerate(texts)]
        one = Question({"question": each.get("question")}, "", question.category, question.find)
        yield _item(one, _Asked(choices, multiple=False, shuffle=True))


def _of_choice(said: Values, notes: list[str]) -> HtmlText:
    """What is said of a choice to whoever chose it, or else to those who did not."""
    chosen = read_html(text(said, "chosenFeedback"))
    other = read_html(text(said, "notChosenFeedback"))
    if chosen.markdown and other.markdown:
        notes.append(_no_place("what is said to those who did not choose", other))
    return chosen if chosen.markdown else other


def _is_multiple(behaviour: Values, right: int) -> bool:
    """By the kind that the author chose, or else by how many choices are right."""
    kind, single = text(behaviour, "type"), truth(behaviour, "singleAnswer")
    if kind in {"multi", "single"}:
        return kind == "multi"
    return right > 1 if single is None else not single


def _overall(values: Values) -> tuple[HtmlText, tuple[str, ...]]:
    """What is said after any answer, and notes on what is said to some scores only."""
    general, notes = _NOTHING, []
    for each in groups(values, "overallFeedback"):
        said = read_html(text(each, "feedback"))
        start, end = each.get("from", 0), each.get("to", 100)
        if said.markdown and (start, end) == (0, 100):
            general = said
        elif said.markdown:
            notes.append(_no_place(f"what is said from {start} to {end}%", said))
    return general, tuple(notes)


def _no_place(what: str, said: HtmlText) -> str:
    return f"{what} has no place in a case: {said.excerpt}"


def _item(question: Question, asked: _Asked) -> Found:
    medium, lost = _medium(question.values)
    stem = joined([*([medium] if medium else []), read_html(text(question.values, "question"))])
    pictures = gather(stem.images, question.find)
    besides = [
        asked.general,
        *(each for words, _, said in asked.choices for each in (words, said)),
    ]
    item = Item(
        stem=stem.markdown,
        choices=tuple(
            ItemChoice(words.markdown, correct, said.markdown)
            for words, correct, said in asked.choices
        ),
        name=question.name,
        multiple=asked.multiple,
        shuffle=asked.shuffle,
        feedback=asked.general.markdown,
        category=question.category,
        pictures=pictures.found,
    )
    losses = [loss for each in (stem, *besides) for loss in each.lost] + lost
    said = [f"{loss} was left out" for loss in dict.fromkeys(losses)]
    if any(each.images for each in besides):
        said.append("pictures beside its stem were left out")
    return item, (*said, *pictures.missing, *asked.notes)


def _medium(values: Values) -> tuple[HtmlText | None, list[str]]:
    """The picture above a question, or the kind of what else stands there."""
    medium = group(values, "media", "type") or group(values, "media") or group(values, "image")
    kind = text(medium, "library").partition(" ")[0]
    file = group(medium, "params", "file") or group(medium, "file")
    if kind not in {"", "H5P.Image"}:
        return None, [f"what stands above it ({kind})"] if group(medium, "params") else []
    if not (path := text(file, "path")):
        return None, []
    alt = text(group(medium, "params"), "alt") or text(medium, "alt")
    return HtmlText("", (Image(path, alt),)), []
