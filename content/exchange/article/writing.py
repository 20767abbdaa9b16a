"""From an article's parts to the draft of a case file: what is known filled in, the rest marked."""

import re
from collections.abc import Sequence
from itertools import groupby

from content.exchange.article.reading import ArticleDraft, AskedQuestion, ListedReference
from content.exchange.article.sections import Section
from content.exchange.drafts import Known
from content.exchange.markdown_text import from_plain
from content.tree import Loc
from content.yaml_text import Value, case_text

RIGHTS = (
    "The rights in a published text and its figures are its publisher's or its author's. Settle"
    " them before anybody sees this case: ask for permission, or retell it in your own words and"
    " draw the figure anew. Importing a text does not settle them."
)
_HEAD = (
    "DRAFT, made from the text of a published article.\n\n{rights}\n\nNothing here is invented:"
    " what the text does not say outright is left empty, and `morning-report check` refuses the"
    " draft until it is filled in. Compare every line with the article."
)
_MAX_TOLD = 30
_ITEM = "- "
_NOTHING_KNOWN = Known()
_OPEN = {
    "id": "kebab-case, such as hard-lumps; for authors: learners never see it",
    "title": "as published; change it if it gives the answer away",
    "topics": "kebab-case: [rheumatology, dermatology]",
    "level": "student, resident or fellow",
    "vignette": "the story, without the diagnosis",
    "authors": "who wrote this case, such as [Your Name]; the article's authors are in based_on",
    "licence": "SPDX identifier, such as CC-BY-4.0; one that the article's rights allow",
    "based_on": "say how this case differs, such as: Retold in new words; the figure is new.",
}
_FIGURE = {
    "file": "the picture, laid beside this file: figures/name.png",
    "caption": "says what is shown, without the diagnosis",
    "alt": "describes the picture to those who cannot see it, without the diagnosis",
    "creator": "who made the picture",
    "licence": "SPDX identifier; the article's figures are seldom free",
    "consent": "the patient's: obtained, or not-required (a drawing)",
}
_EMAIL = re.compile(
    r"(?:,?(?: or)? at)?,?\s*(?P<open>\()?(?:e-?mail:?\s*)?"
    r"[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,5}(?(open)\)?)",
    re.IGNORECASE,
)
_HIGH = "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079"
_RAISED = re.compile(
    rf"(?<=[^\W\d_]|[.,;:)\"'])[{_HIGH}]{{1,3}}(?:[,\u2013\u207b-][{_HIGH}]{{1,3}}){{0,9}}"
)
_AS_DIGITS = str.maketrans(f"{_HIGH}\u2013\u207b", "0123456789--")
_SHORT = re.compile(r"(?:\A|[\W\d_])[^\W\d_]{1,2}\Z")
_CHARGES = ("\u207a", "\u207b")
# A number right after a sentence's end is a raised one that lost its height: "... pain.1,2 The".
_LOWERED = re.compile(r"(?<=[a-z)][.,;:])\d{1,3}(?:[,\u2013-]\d{1,3})*(?=\s|$)")


def case_file(article: ArticleDraft, known: Known = _NOTHING_KNOWN) -> str:
    """The draft as a case file; ``known`` is what its author has said besides the text."""
    data: dict[str, Value] = {"id": "", "title": article.title}
    comments: dict[Loc, str] = {(): _head(article)}
    comments |= {(key,): say for key, say in _OPEN.items()}
    said = {"series": article.series or known.series, "language": known.language}
    data |= {key: value for key, value in said.items() if value}
    data |= {"topics": known.topics, "level": known.level.value if known.level else ""}
    count = len(article.references)
    data["vignette"] = prose([each.text for each in article.vignette], count)
    if article.figures:
        data["figures"] = [
            dict.fromkeys(_FIGURE, "")
            | {"caption": from_plain(found.text) if found else ""}
            | known.of_figures
            for _, found in article.figures
        ]
        comments |= _figure_comments(article)
    data["questions"] = [_question(each) for each in article.questions]
    for n, question in enumerate(article.questions):
        comments |= _question_comments(question, n, last=n == len(article.questions) - 1)
    if sections := [part for asked in article.questions for part in asked.answer]:
        data["discussion"] = [section_part(part, count) for part in sections]
    if article.references:
        data["references"] = [reference_part(each) for each in article.references]
        comments |= _reference_comments(article.references)
    data["based_on"] = from_plain(credit(article))
    data |= {"authors": known.authors, "licence": known.licence or ""}
    data["review"] = {"status": "unreviewed"}
    return case_text(data, comments)


def _head(article: ArticleDraft) -> str:
    told = [str(each) for each in article.left_out]
    if len(told) > _MAX_TOLD:
        told[_MAX_TOLD:] = [f"and {len(told) - _MAX_TOLD} more"]
    notes = ["Left out or mended:", *(f"- {each}" for each in told)] if told else []
    return "\n".join([_HEAD.format(rights=RIGHTS), *([""] if notes else []), *notes])


def _figure_comments(article: ArticleDraft) -> dict[Loc, str]:
    said: dict[Loc, str] = {}
    for n, (number, _) in enumerate(article.figures):
        said |= {("figures", n, key): say for key, say in _FIGURE.items()}
        said["figures", n, "file"] = f"Figure {number}: {_FIGURE['file']}"
    return said


def _question(question: AskedQuestion) -> dict[str, Value]:
    proposed = question.proposal.choice if question.proposal else None
    choices: list[Value] = []
    for n, choice in enumerate(question.choices):
        marked: dict[str, Value] = {"correct": ""} if n == proposed else {}
        choices.append({"text": choice.text, **marked, "why": ""})
    return {"id": "", "prompt": question.prompt.text, "choices": choices, "key_point": ""}


def _question_comments(question: AskedQuestion, n: int, *, last: bool) -> dict[Loc, str]:
    place: Loc = ("questions", n)
    needed = "" if last else "; may be left out before the last question"
    said: dict[Loc, str] = {
        (*place, "id"): "kebab-case, such as diagnosis",
        (*place, "prompt"): "at most 300 characters",
        (*place, "key_point"): f"what to remember, at most 200 characters{needed}",
    }
    if not question.choices:
        return said | {(*place, "choices"): "none were found in the text: 2 to 12"}
    first: Loc = (*place, "choices", 0, "why")
    said[first] = "why it is right or wrong, one for each choice, with references: [1]"
    if question.proposal is None:
        which = (
            "The text does not say clearly which is right: write `correct: true` below its text."
        )
        return said | {(*place, "choices"): which}
    proposal = question.proposal
    said[*place, "choices"] = (
        f"Proposed as right: {question.choices[proposal.choice].text}\n"
        f'because of line {proposal.line}: "{proposal.sentence}"\n'
        "Confirm it with `correct: true`, or mark another."
    )
    said[*place, "choices", proposal.choice, "correct"] = "proposed: true"
    return said


def section_part(section: Section, references: int) -> dict[str, Value]:
    """A section of the answer as one of a discussion; ``references`` is how many are listed."""
    text = prose([each.text for each in section.paragraphs], references)
    return {"heading": section.heading or "Answer", "text": text}


def reference_part(listed: ListedReference) -> dict[str, Value]:
    """A listed reference; one that could not be read has all of it in its title."""
    if listed.citation is None:
        return {"title": listed.printed.text, "journal": ""}
    return listed.citation.reference.model_dump(exclude_defaults=True)


def _reference_comments(references: Sequence[ListedReference]) -> dict[Loc, str]:
    said: dict[Loc, str] = {}
    for n, listed in enumerate(references):
        place: Loc = ("references", n)
        if listed.citation is None:
            said[*place, "title"] = f"line {listed.printed.number}: could not be read into fields"
            said[*place, "journal"] = "or site"
        elif listed.citation.unread:
            said[place] = (
                f"line {listed.printed.number}: without {'; '.join(listed.citation.unread)}"
            )
    return said


def prose(paragraphs: Sequence[str], references: int) -> str:
    """Markdown that shows these paragraphs, with the numbers that cite references in brackets."""

    def cited(hit: re.Match[str]) -> str:
        numbers = hit[0].translate(_AS_DIGITS)
        known = all(1 <= int(n) <= references for n in re.split("[,-]", numbers))
        return f" [{numbers}]" if known and not _is_power(hit) else hit[0]

    texts = (_LOWERED.sub(cited, _RAISED.sub(cited, text)) for text in paragraphs)
    shown = [re.sub(r"([.,;:]) (\[[\d,-]+\])", r" \2\1", text) for text in texts]
    blocks = (
        ("\n" if listed else "\n\n").join(map(_block, group))
        for listed, group in groupby(shown, key=lambda text: text.startswith(_ITEM))
    )
    return "\n\n".join(blocks)


def _is_power(hit: re.Match[str]) -> bool:
    """Whether it raises a unit or a symbol, as in square metres, or is an ion's charge."""
    before = hit.string[max(0, hit.start() - 3) : hit.start()]
    return _SHORT.search(before) is not None or hit.string[hit.end() : hit.end() + 1] in _CHARGES


def _block(text: str) -> str:
    """The Markdown of a paragraph, or of a list's item."""
    return f"{_ITEM if text.startswith(_ITEM) else ''}{from_plain(text.removeprefix(_ITEM))}"


def credit(article: ArticleDraft) -> str:
    """Whom the case follows, of which each part is left out where the text does not say it."""
    named = f'"{article.title}"' if article.title else "a published case"
    series = f"{article.series[:1].upper()}{article.series[1:]}, " if article.series else ""
    by = ", ".join(filter(None, (article.authors, article.work)))
    parts = [f"Based on {series}{named}{f' by {by}' if by else ''}."]
    if article.source:
        parts.append(f"Published in: {article.source.rstrip('.')}.")
    if address := _EMAIL.sub("", article.address).rstrip(" ;,."):
        parts.append(f"Author's address: {address}.")
    return " ".join(parts)
