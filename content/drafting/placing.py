"""Parts of a draft, as they are typed by hand, put into it."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from content.drafting.draft_case import DraftCase, shaped
from content.drafting.reference_text import parse_reference
from content.exchange.article import marks
from content.exchange.article.lines import Line
from content.exchange.article.sections import split_references
from content.exchange.names import slug
from content.fields import MAX_CHOICES
from content.phrases import Phrase, phrase
from content.yaml_text import writable

PARTS = (
    *("title", "vignette", "prompt", "choices", "correct", "whys", "key_point", "discussion"),
    *(
        "references",
        "topics",
        "level",
        "authors",
        "licence",
        "language",
        "series",
        "based_on",
        "id",
    ),
)
"""What can be placed; of questions, that at ``question`` is meant."""
_RIGHT = re.compile(r"\s*(?:\*+|\((?:correct|right)\)|[\u2713\u2714\u2705])\s*$", re.IGNORECASE)
_LETTER = re.compile(r"[A-Za-z]|\d{1,2}")
_LISTED = re.compile(r"[,;\n]")
_HEADING = re.compile(r"(?m)^(?:#+\s*|\*\*)?([^\n:.?!*]{2,80}?)(?::|\*\*:?)?\s*$")


class PlacingError(ValueError):
    """Why a text cannot be the part that it was sent for; the phrase is for its author."""

    def __init__(self, said: Phrase) -> None:
        super().__init__(str(said))
        self.phrase = said


def placed(draft: DraftCase, part: str, value: str, *, question: int = 0) -> DraftCase:
    """The draft with a part as it was typed, in place of what stood there. An empty one goes.

    ``choices`` are a line each, with or without letters, a right one ended by an asterisk; those
    whose words stay keep what was said of them. ``correct`` are letters, numbers or a choice's own
    words. ``whys`` are a line for each choice, begun by its letter. Raises PlacingError.
    """
    text = writable(value)
    if part in _OF_QUESTIONS:
        questions = [dict(each) for each in draft.get("questions", ())] or [{}]
        if not 0 <= question < len(questions):
            raise PlacingError(phrase("There is no such question."))
        questions[question] = _OF_QUESTIONS[part](questions[question], text)
        return shaped({**draft, "questions": questions})
    if part not in PARTS:
        raise PlacingError(phrase("There is no such part."))
    return shaped({**draft, part: _OF_CASE.get(part, _whole)(text)})


def _whole(text: str) -> Any:
    return text


def _topics(text: str) -> list[str]:
    return list(dict.fromkeys(filter(None, map(slug, _LISTED.split(text)))))


def _authors(text: str) -> list[str]:
    """One a line: a comma stands in a name, too, as in “Lee, Ann” and “Ann Lee, MD”."""
    return [" ".join(each.split()) for each in re.split(r"[;\n]", text) if each.strip()]


def _level(text: str) -> str:
    return text.lower().rstrip("s. ")


def _discussion(text: str) -> list[dict[str, str]]:
    """Sections, each below a line by itself that is short enough for a heading."""
    sections: list[dict[str, str]] = []
    for block in re.split(r"\n[ \t]*\n", text):
        head, _, below = block.strip().partition("\n")
        hit = _HEADING.fullmatch(head.strip())
        if hit and (below.strip() or not block.strip().endswith((".", "?", "!"))):
            sections.append({"heading": hit[1].strip(), "text": below.strip()})
        elif sections:
            last = sections[-1]
            last["text"] = "\n\n".join(filter(None, (last["text"], block.strip())))
        elif block.strip():
            sections.append({"heading": "Explanation", "text": block.strip()})
    return sections


def _references(text: str) -> list[Mapping[str, Any]]:
    lines = [Line(n, line) for n, line in enumerate(text.split("\n"), start=1)]
    listed = [each.text for each in split_references(lines)]
    alone = [line.strip() for line in text.split("\n") if line.strip()]
    found = [parse_reference(each) for each in alone]
    if len(alone) > len(listed) and all(
        each.fields.get("doi") or each.fields.get("pmid") for each in found
    ):
        listed = alone  # numbers and links, a line each
    return [parse_reference(each).fields for each in listed]


def _set(key: str) -> Callable[[dict[str, Any], str], dict[str, Any]]:
    return lambda question, text: {
        **question,
        key: " ".join(text.split()) if key == "prompt" else text,
    }


def _choices(question: dict[str, Any], text: str) -> dict[str, Any]:
    known = {str(each.get("text", "")): each for each in question.get("choices", ())}
    choices = []
    for line in filter(None, map(str.strip, text.split("\n"))):
        mark, said = found if (found := marks.choice_mark(line)) else (None, line)
        bare = " ".join(_RIGHT.sub("", said).split())
        right = bare != " ".join(said.split()) or (mark is not None and mark.ticked)
        before = known.get(bare, {"text": bare})
        choices.append({**before, "text": bare} | ({"correct": True} if right else {}))
    if text and not 2 <= len(choices) <= MAX_CHOICES:
        raise PlacingError(phrase("Write 2 to {most} choices, a line each.", most=MAX_CHOICES))
    if any(each.get("text") not in known and each.get("correct") for each in choices):
        marked = [line for line in text.split("\n") if _RIGHT.search(line)]
        choices = choices if not marked else [_as_marked(each, marked) for each in choices]
    return {**question, "choices": choices}


def _as_marked(choice: dict[str, Any], marked: list[str]) -> dict[str, Any]:
    """Where right ones are marked anew, those alone are right."""
    right = any(choice["text"] in line for line in marked)
    return {key: value for key, value in choice.items() if key != "correct" or right}


def _correct(question: dict[str, Any], text: str) -> dict[str, Any]:
    choices = [dict(each) for each in question.get("choices", ())]
    right = _places(choices, text)
    if not right:
        raise PlacingError(
            phrase("Say which choice is right by its letter, its number or its words.")
        )
    for place, choice in enumerate(choices):
        choice["correct"] = place in right
    return {**question, "choices": choices}


def _places(choices: list[dict[str, Any]], text: str) -> set[int]:
    texts = [str(each.get("text", "")).casefold() for each in choices]
    if text.casefold() in texts:
        return {texts.index(text.casefold())}
    said = re.split(r"[\s,;&+]+|\band\b", text)
    places = [_place(each.strip(".()")) for each in said if each.strip(".()")]
    return set(places) if places and all(0 <= place < len(choices) for place in places) else set()


def _place(letter: str) -> int:
    if not _LETTER.fullmatch(letter):
        return -1
    return int(letter) - 1 if letter.isdigit() else ord(letter.upper()) - ord("A")


def _whys(question: dict[str, Any], text: str) -> dict[str, Any]:
    choices = [dict(each) for each in question.get("choices", ())]
    place = -1
    for line in filter(None, map(str.strip, text.split("\n"))):
        hit = re.match(r"\(?([A-La-l]|\d{1,2})[.):]\s*(\S.*)", line)
        if hit and 0 <= _place(hit[1]) < len(choices):
            place = _place(hit[1])
            choices[place]["why"] = hit[2]
        elif place >= 0:
            choices[place]["why"] += f" {line}"
        else:
            raise PlacingError(
                phrase("Begin each line with a choice's letter, such as: A. Because ...")
            )
    return {**question, "choices": choices}


_OF_CASE: Mapping[str, Callable[[str], Any]] = {
    "id": slug,
    "topics": _topics,
    "authors": _authors,
    "level": _level,
    "discussion": _discussion,
    "references": _references,
    "title": lambda text: " ".join(text.split()),
}
_OF_QUESTIONS: Mapping[str, Callable[[dict[str, Any], str], dict[str, Any]]] = {
    "prompt": _set("prompt"),
    "key_point": _set("key_point"),
    "choices": _choices,
    "correct": _correct,
    "whys": _whys,
}
