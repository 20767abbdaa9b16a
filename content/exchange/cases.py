"""Cases as items for other programs: each question one, with all that a learner needs for it.

The ids of a case and of its questions, and the names of its figures' files, may be the diagnosis,
and other programs show their learners names and addresses: an item is called by the case's code.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from msgspec.structs import replace

from content.citation import cite, cited
from content.codes import case_code
from content.exchange.drafts import HEADING
from content.exchange.item import Item, ItemChoice, Picture
from content.exchange.markdown_text import from_plain, inline
from content.layout import caption
from content.markup import Run
from content.model import Case, Figure, Question, ReviewStatus
from content.one_question_case import alone


def items(case: Case, figures: Mapping[str, bytes]) -> tuple[Item, ...]:
    """An item for each question, and behind it one for each of its variants.

    ``figures`` are the bytes of all figures by their names. An item's stem is the vignette, the
    captions and what was revealed up to its prompt; its choices stand in an order that says
    nothing, unless the question keeps theirs. Its feedback is the key point, then behind the last
    question or a variant the discussion; the references it cites; and whom to credit. Level,
    difficulty, objectives and `lint` have no place in other programs.
    """
    return tuple(
        item for place, _ in enumerate(case.questions) for item in _of(case, place, figures)
    )


def _of(case: Case, position: int, figures: Mapping[str, bytes]) -> Iterator[Item]:
    question = case.questions[position]
    single = len(case.questions) == 1
    name = case_code(case.id) if single else f"{case_code(case.id)}-{position + 1}"
    origin = case.id if single else f"{case.id}/{question.id}"
    yield replace(_item(case, position, figures, origin), name=name)
    for number, variant in enumerate(question.variants, start=1):
        origin = f"{case.id}/{question.id}/{variant.id}"
        item = _item(alone(case, position, variant.id), 0, figures, origin)
        yield replace(item, name=f"{case_code(case.id)}-{position + 1}-{number}")


def _item(case: Case, position: int, figures: Mapping[str, bytes], origin: str) -> Item:
    question = case.questions[position]
    shown = [figure for place in range(position + 1) for figure in case.figures_with(place)]
    choices = tuple(
        ItemChoice(from_plain(choice.text), choice.correct, choice.why or "")
        for choice in question.choices
    )
    return Item(
        stem=_stem(case, position, shown),
        choices=_mixed(choices, origin) if question.shuffle else choices,
        multiple=len(question.correct) > 1,
        shuffle=question.shuffle,
        feedback="\n\n".join(_feedback(case, question, shown)),
        tags=case.topics,
        category=case.series or "",
        pictures=tuple(_pictures(shown, figures)),
        origin=origin,
    )


def _mixed(choices: tuple[ItemChoice, ...], origin: str) -> tuple[ItemChoice, ...]:
    """The choices in an order that says nothing: authors often write the right one first."""

    def place(choice: ItemChoice) -> bytes:
        return hashlib.sha256(f"{origin}: {choice.text}".encode()).digest()

    return tuple(sorted(choices, key=place))


def _pictures(shown: Sequence[Figure], figures: Mapping[str, bytes]) -> Iterator[Picture]:
    for number, figure in enumerate(shown, start=1):
        ending = PurePosixPath(figure.file).suffix.lower()
        yield Picture(f"figure-{number}{ending}", figures[figure.file], figure.alt)


def _stem(case: Case, position: int, shown: Sequence[Figure]) -> str:
    captions = (inline(paragraph) for figure in shown for paragraph in caption(figure))
    revealed = (question.reveal for question in case.questions[: position + 1])
    prompt = from_plain(case.questions[position].prompt)
    return "\n\n".join(filter(None, [case.vignette, *captions, *revealed, prompt]))


def _feedback(case: Case, question: Question, shown: Sequence[Figure]) -> Iterator[str]:
    """The paragraphs that follow the answer."""
    told = [question.key_point] if question.key_point else []
    if question is case.questions[-1]:
        for section in case.discussion:
            told += (
                [] if section.heading == HEADING else [inline([Run(section.heading, bold=True)])]
            )
            told.append(section.text)
    yield from told
    whys = [choice.why for choice in question.choices if choice.why]
    reveals = [each.reveal for each in case.questions if each.reveal]
    yield from _references(case, [case.vignette, *reveals, *whys, *told])
    yield from _credits(case, shown)


def _references(case: Case, texts: Iterable[str]) -> Iterator[str]:
    """The references that these texts cite, under their numbers in the case."""
    numbers = sorted({number for text in texts for number in cited(text)})
    for number in numbers:
        if 1 <= number <= len(case.references):
            yield inline([Run(f"[{number}] "), *cite(case.references[number - 1])])


def _credits(case: Case, shown: Sequence[Figure]) -> Iterator[str]:
    """Whose work this is, on what terms, and whether a clinician has reviewed it."""
    if case.based_on:
        yield case.based_on
    for number, figure in enumerate(shown, start=1):
        name = "Figure" if len(shown) == 1 else f"Figure {number}"
        yield from_plain(f"{name}: {figure.creator}, {figure.licence}.")
    review = "not yet reviewed by a clinician"
    if case.review.status is ReviewStatus.REVIEWED:
        review = f"reviewed by {case.review.by} on {case.review.on}"
    yield from_plain(
        f"Case: {', '.join(case.authors)}, {case.licence}; {review}. For teaching only."
    )
