"""A case as it stands in a document or an article, pasted as text: one draft, no word lost.

    Title: Chest pain at night            (a label, or a line by itself above the story)
    A 54-year-old man ...                 the story: all above the question
    What is the most likely diagnosis?    the question
    A. ... / 1. ... / - ... / [ ] ...     its choices; a line each
    Answer: B                             which is right, only where the text says so outright
    Explanation: ...                      the discussion, with its headings
    Key point: ...
    References: ...                       one a line, numbered or not

It is read as a published article is (``content.exchange.article``), after labels that physicians
write were made those that articles have.
"""

import re
from typing import Any

from content.drafting.draft_case import DraftCase, shaped, with_rest
from content.drafting.kept_words import lines_lost
from content.drafting.labels import Labelled, take_labels
from content.drafting.question_mark import with_question
from content.drafting.reading import KEY_SEEMS, KEY_UNSAID
from content.drafting.reference_text import parse_reference
from content.drafting.stated_key import stated_key
from content.exchange.article.paragraphs import Paragraph
from content.exchange.article.reading import ArticleDraft, AskedQuestion, ListedReference
from content.exchange.article.reading import draft as read_article
from content.exchange.article.recognition import is_article
from content.exchange.article.sections import Section
from content.exchange.article.writing import credit, prose, reference_part, section_part
from content.exchange.item import Skipped
from content.exchange.markdown_text import from_plain
from content.phrases import Phrase, phrase, phrases
from content.yaml_text import writable

MAX_LENGTH = 200_000
_NUMBERED = re.compile(r"\A\s*(?:\[\d{1,3}\]|\d{1,3}[.)](?=\s)|[-*+\u2022](?=\s))\s*")

FIGURES = phrase("the text speaks of figures: send the pictures by themselves")
_DISPUTED = phrase("the text calls more than one choice right; say which is right")


def read_pasted(text: str) -> tuple[DraftCase, list[Phrase]]:
    """The draft that a text is, and what was not understood of it, in sentences; never raises."""
    text = writable(text)
    problems: list[Phrase] = []
    whole = text
    if len(text) > MAX_LENGTH:
        problems.append(phrase("only the first {n} characters were read", n=f"{MAX_LENGTH:,}"))
        text = text[:MAX_LENGTH]
    labelled = take_labels(text)
    if is_article(text) and not (labelled.title or labelled.key_point):
        labelled = Labelled(text)
        article = read_article(text)
    else:
        article = read_article(with_question(labelled.text))
    if isinstance(article, Skipped):
        problems.append(
            phrase("no question with choices was found: all of it was taken for the story")
        )
        draft = _story(labelled)
    else:
        draft, told = _draft(article, labelled)
        problems += told
    draft = shaped(draft)
    if lost := lines_lost(text, draft):
        problems.append(phrase("some lines found no place; they stand under “rest”"))
        draft = with_rest(draft, lost)
    return with_rest(draft, [whole[MAX_LENGTH:]] if whole is not text else []), problems


def _story(labelled: Labelled) -> DraftCase:
    story = "\n\n".join(
        from_plain(" ".join(block.split()))
        for block in labelled.text.split("\n\n")
        if block.strip()
    )
    return {**_said(labelled), **({"vignette": story} if story else {})}


def _said(labelled: Labelled) -> dict[str, Any]:
    said: dict[str, Any] = {"title": labelled.title} if labelled.title else {}
    if labelled.authors:
        said["authors"] = labelled.authors
    return said


def _draft(article: ArticleDraft, labelled: Labelled) -> tuple[DraftCase, list[Phrase]]:
    problems: list[Phrase] = []
    count = len(article.references)
    sections: list[Any] = []
    questions = []
    for asked in article.questions:
        question, told, answer = _question(asked)
        questions.append(question)
        problems += told
        sections += [_section(each, count, labelled) for each in answer]
    if labelled.key_point and questions:
        questions[-1]["key_point"] = labelled.key_point
    draft: dict[str, Any] = {"title": article.title} if article.title else {}
    draft |= {"series": article.series} if article.series else {}
    draft |= _said(labelled)
    parts: dict[str, Any] = {
        "vignette": prose([each.text for each in article.vignette], count),
        "questions": questions,
        "discussion": sections,
        "references": [_reference(each) for each in article.references],
    }
    draft |= {key: value for key, value in parts.items() if value}
    unread = sum(each.keys() == {"title"} for each in parts["references"])
    if unread:
        problems.append(
            phrases(
                "{n} of the references could not be read into fields",
                "{n} of the references could not be read into fields",
                unread,
            )
        )
    if any((article.authors, article.work, article.source, article.address)):
        draft["based_on"] = from_plain(credit(article))
        problems.append(
            phrase(
                "the text follows a published article: the rights are its publisher's or its"
                " author's, so settle them, or retell it in your own words"
            )
        )
    captions = [_caption(n, said) for n, said in article.figures if said and said.text.strip()]
    if article.figures:
        problems.append(FIGURES)
    return with_rest(draft, captions), problems


def _section(section: Section, count: int, labelled: Labelled) -> dict[str, Any]:
    part = dict(section_part(section, count))
    heading = str(part["heading"])
    return {**part, "heading": labelled.headings.get(heading.upper(), heading)}


def _caption(number: int, said: Paragraph) -> str:
    return f"Figure {number}: {said.text}"


def _reference(listed: ListedReference) -> dict[str, Any]:
    if listed.citation is None:  # a number or a link alone, or what nobody can read
        return dict(parse_reference(_NUMBERED.sub("", listed.printed.text)).fields)
    return {key: value for key, value in reference_part(listed).items() if value}


def _question(asked: AskedQuestion) -> tuple[dict[str, Any], list[Phrase], tuple[Any, ...]]:
    key = stated_key(asked)
    choices: list[dict[str, Any]] = [
        {"text": text} | ({"correct": True} if place in key.right else {})
        for place, text in enumerate(key.texts)
    ]
    problems = []
    if not choices:
        problems.append(phrase("the question has no choices yet"))
    elif key.disputed:
        problems.append(_DISPUTED)
    elif not key.right and asked.proposal:
        named = key.texts[asked.proposal.choice]
        problems.append(KEY_SEEMS.filled(choice=named, sentence=asked.proposal.sentence[:200]))
    elif not key.right:
        problems.append(KEY_UNSAID)
    question: dict[str, Any] = {"prompt": asked.prompt.text} if asked.prompt.text else {}
    return question | ({"choices": choices} if choices else {}), problems, key.answer
