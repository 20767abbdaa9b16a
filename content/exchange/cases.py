"""Cases as items for other programs: each question one, with all that a learner needs for it."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath

from content.citation import cite, cited
from content.exchange.drafts import HEADING
from content.exchange.item import Item, ItemChoice, Picture
from content.exchange.markdown_text import from_plain, inline
from content.layout import caption
from content.markup import Run
from content.model import Case, Question, ReviewStatus


def items(case: Case, figures: Sequence[bytes]) -> tuple[Item, ...]:
    """One item for each question; ``figures`` are the bytes of the case's figures in their order.

    An item's stem is the vignette, the captions and what was revealed up to its prompt. Its
    feedback is the key point, then behind the last question the discussion; the references it
    cites; and whom to credit. Level, difficulty and `lint` have no place in other programs.
    """
    pictures = _pictures(case, figures)
    return tuple(
        Item(
            stem=_stem(case, number),
            choices=tuple(
                ItemChoice(from_plain(choice.text), choice.correct, choice.why or "")
                for choice in question.choices
            ),
            name=case.id if len(case.questions) == 1 else f"{case.id}/{question.id}",
            multiple=len(question.correct) > 1,
            shuffle=question.shuffle,
            feedback="\n\n".join(_feedback(case, question)),
            tags=case.topics,
            category=case.series or "",
            pictures=pictures,
        )
        for number, question in enumerate(case.questions)
    )


def _pictures(case: Case, figures: Sequence[bytes]) -> tuple[Picture, ...]:
    """The figures under their file names, or where two would share one, under their paths."""
    names = [PurePosixPath(figure.file).name for figure in case.figures]
    if len(set(names)) < len(names):
        names = [figure.file.replace("/", "-") for figure in case.figures]
    return tuple(
        Picture(name, data, figure.alt)
        for name, data, figure in zip(names, figures, case.figures, strict=True)
    )


def _stem(case: Case, number: int) -> str:
    captions = (
        inline(paragraph)
        for place, _ in enumerate(case.figures)
        for paragraph in caption(case, place)
    )
    revealed = (question.reveal for question in case.questions[: number + 1])
    prompt = from_plain(case.questions[number].prompt)
    return "\n\n".join(filter(None, [case.vignette, *captions, *revealed, prompt]))


def _feedback(case: Case, question: Question) -> Iterator[str]:
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
    yield from _credits(case)


def _references(case: Case, texts: Iterable[str]) -> Iterator[str]:
    """The references that these texts cite, under their numbers in the case."""
    numbers = sorted({number for text in texts for number in cited(text)})
    for number in numbers:
        if 1 <= number <= len(case.references):
            yield inline([Run(f"[{number}] "), *cite(case.references[number - 1])])


def _credits(case: Case) -> Iterator[str]:
    """Whose work this is, on what terms, and whether a clinician has reviewed it."""
    if case.based_on:
        yield case.based_on
    for number, figure in enumerate(case.figures, start=1):
        name = "Figure" if len(case.figures) == 1 else f"Figure {number}"
        yield from_plain(f"{name}: {figure.creator}, {figure.licence}.")
    review = "not yet reviewed by a clinician"
    if case.review.status is ReviewStatus.REVIEWED:
        review = f"reviewed by {case.review.by} on {case.review.on}"
    yield from_plain(
        f"Case: {', '.join(case.authors)}, {case.licence}; {review}. For teaching only."
    )
