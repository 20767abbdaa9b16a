"""From the text of an article to its parts."""

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct

from content.exchange.article.asides import Caption, take_asides
from content.exchange.article.citations import Citation, read_citation
from content.exchange.article.columns import unfold_columns
from content.exchange.article.debris import clear_debris
from content.exchange.article.front import Front, read_front
from content.exchange.article.lines import Line, mend_splits, read_lines
from content.exchange.article.markdown import take_markdown_off
from content.exchange.article.paragraphs import (
    Paragraph,
    acronyms,
    join_paragraphs,
    runs_on,
    without_capitals,
)
from content.exchange.article.proposal import Proposal, propose
from content.exchange.article.question import Choice, find_questions, read_question
from content.exchange.article.sections import (
    Section,
    part_references,
    read_sections,
    split_references,
)
from content.exchange.item import Skipped

MAX_LENGTH = 200_000  # characters: fifty pages, and more than one case
MAX_QUESTIONS = 20  # of a case

_FIGURE_CALL = re.compile(r"\b(?:FIGURE|FIG\.|Figure|Fig\.) ?(\d{1,2})(?=[A-Z]?\b)")


class ListedReference(Struct, frozen=True):
    """A reference as printed, in one line, and what it reads as."""

    printed: Paragraph
    citation: Citation | None


class AskedQuestion(Struct, frozen=True):
    """A question, the answer to it, and the choice that the answer seems to call right."""

    prompt: Paragraph
    choices: tuple[Choice, ...]
    answer: tuple[Section, ...]
    proposal: Proposal | None


class ArticleDraft(Struct, frozen=True):
    """The parts of a published case, as its text has them; what it does not say is empty.

    ``authors``, ``work``, ``address`` and ``source`` are for the credit. ``figures`` are the
    figures by number, with their captions where the text has them. ``left_out`` is what was not
    taken and what was mended on suspicion, each with its line.
    """

    series: str
    title: str
    authors: str
    work: str
    address: str
    source: str
    vignette: tuple[Paragraph, ...]
    figures: tuple[tuple[int, Paragraph | None], ...]
    questions: tuple[AskedQuestion, ...]
    references: tuple[ListedReference, ...]
    left_out: tuple[Skipped, ...]


def draft(text: str) -> ArticleDraft | Skipped:
    """Read the text of a published one-page case; without a question in it there is no case.

    Never raises for what the text holds.
    """
    if len(text) > MAX_LENGTH:
        return Skipped("line 1", "", f"is longer than {MAX_LENGTH:,} characters; give one case")
    plain, pictures = take_markdown_off(read_lines(text))
    cleared = clear_debris(plain)
    columns, unfolded = unfold_columns(cleared.lines)
    lines, mended = mend_splits(columns)
    asides = take_asides(lines)
    # Once more: a caption may have stood between the two halves of a word.
    text_lines, mended_again = mend_splits(asides.text)
    body, listed = part_references(text_lines)
    story, asked = find_questions(body)
    if not asked:
        reason = "no question was found: begin its line with Q: and each choice with [ ]"
        return Skipped("line 1", "", reason)
    known = acronyms(lines)
    front = read_front(story)
    questions, choices_left = _questions(asked[:MAX_QUESTIONS], known)
    vignette = _paragraphs(join_paragraphs(front.story), known)
    found = [
        *pictures,
        *unfolded,
        *cleared.left_out,
        *mended,
        *mended_again,
        *asides.left_out,
        *choices_left,
    ]
    found += _too_many(asked)
    return ArticleDraft(
        series=_series(front.series, known),
        title=_title(front, known),
        authors=_list([_as_in(asides.address, author) for author in front.authors]),
        work=_list(front.work),
        address=asides.address.text if asides.address else "",
        source=_list(front.source) or cleared.issue,
        vignette=vignette,
        figures=_figures(asides.captions, vignette, questions),
        questions=questions,
        references=tuple(_listed(each) for each in split_references(listed)),
        left_out=tuple(sorted(found, key=_place)),
    )


def _questions(
    asked: Sequence[Sequence[Line]], known: frozenset[str]
) -> tuple[tuple[AskedQuestion, ...], list[Skipped]]:
    questions: list[AskedQuestion] = []
    left_out: list[Skipped] = []
    for lines in asked:
        question = read_question(lines)
        left_out += question.left_out
        answer = tuple(
            Section(_small(section.heading, known), _paragraphs(section.paragraphs, known))
            for section in read_sections(question.answer)
        )
        said = [each for section in answer for each in section.paragraphs]
        proposal = propose(question.prompt.text, question.choices, said)
        questions.append(AskedQuestion(question.prompt, question.choices, answer, proposal))
    return tuple(questions), left_out


def _too_many(asked: Sequence[Sequence[Line]]) -> list[Skipped]:
    reason = f"a case has at most {MAX_QUESTIONS} questions; this one and its answer are left out"
    late = asked[MAX_QUESTIONS:]
    return [Skipped(f"line {q[0].number}", q[0].text.strip()[:80], reason) for q in late]


def _figures(
    captions: Sequence[Caption], vignette: Iterable[Paragraph], questions: Iterable[AskedQuestion]
) -> tuple[tuple[int, Paragraph | None], ...]:
    """The figures in the order of their numbers: those with a caption, and those only called."""
    texts = [each.text for each in vignette]
    texts += [q.prompt.text for q in questions]
    texts += [p.text for q in questions for section in q.answer for p in section.paragraphs]
    called = {int(number) for text in texts for number in _FIGURE_CALL.findall(text)}
    by_number: dict[int, Paragraph | None] = dict.fromkeys(sorted(called))
    for caption in captions:
        before = by_number.get(caption.figure)
        if before and caption.paragraph.text in before.text:
            continue  # a picture's own text, and the caption below it
        text = f"{before.text} {caption.paragraph.text}" if before else caption.paragraph.text
        by_number[caption.figure] = Paragraph(caption.paragraph.number, text)
    return tuple(sorted(by_number.items(), key=lambda figure: figure[0]))


def _listed(printed: Paragraph) -> ListedReference:
    return ListedReference(printed, read_citation(printed.text))


def _title(front: Front, known: frozenset[str]) -> str:
    return _small(" ".join(" ".join(line.text.split()) for line in front.title), known)


def _series(text: str, known: frozenset[str]) -> str:
    """A column's name, each word with a capital where all of it was set in capitals."""
    if not text.isupper():
        return text
    return " ".join(word if word in known else word.capitalize() for word in text.split())


def _as_in(address: Paragraph | None, author: str) -> str:
    """An author as the address writes the name, where the page's head has it in capitals."""
    name = author.rstrip(" ,;")
    found = re.search(re.escape(name), address.text, re.IGNORECASE) if address else None
    return author.replace(name, found[0]) if found else author


def _small(text: str, known: frozenset[str]) -> str:
    return without_capitals(text, known) if text.isupper() else text


def _paragraphs(found: Iterable[Paragraph], known: frozenset[str]) -> tuple[Paragraph, ...]:
    return tuple(
        Paragraph(each.number, _FIGURE_CALL.sub(r"Figure \1", without_capitals(each.text, known)))
        for each in found
    )


def _list(lines: Sequence[str]) -> str:
    """Printed lines as one, parted where the one does not run on into the next."""
    joined = ""
    for line in lines:
        joined += f"{' ' if runs_on(joined) else '; ' if joined else ''}{line}"
    return joined.strip(" ,;")


def _place(found: Skipped) -> int:
    return int(found.place.removeprefix("line "))
