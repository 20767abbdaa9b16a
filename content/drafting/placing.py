"""Parts of a draft, as they are typed by hand, put into it."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from content.drafting.draft_case import DraftCase, shaped
from content.drafting.reference_text import parse_reference
from content.drafting.reworded import reworded
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


def placed(
    draft: DraftCase, part: str, value: str | Mapping[str, Any], *, question: int = 0
) -> DraftCase:
    """The draft with a part as it was typed, in place of what stood there. An empty one goes.

    ``choices`` are a line each, with or without letters, a right one ended by an asterisk; those
    whose words stay keep what was said of them, and those that were reworded their reasons.
    ``correct`` are letters, numbers or a choice's own words. ``whys`` are a line for each choice,
    begun by its letter. These two may be as ``said_of_choices`` gives them. Raises PlacingError.
    """
    text: Any = writable(value) if isinstance(value, str) else value
    if part in _OF_QUESTIONS:
        questions = [dict(each) for each in draft.get("questions", ())] or [{}]
        if not 0 <= question < len(questions):
            raise PlacingError(phrase("There is no such question."))
        questions[question] = _OF_QUESTIONS[part](questions[question], text)
        return shaped({**draft, "questions": questions})
    if part not in PARTS:
        raise PlacingError(phrase("There is no such part."))
    return shaped({**draft, part: _OF_CASE.get(part, _whole)(text)})


def said_of_choices(draft: DraftCase, part: str, text: str, question: int = 0) -> dict[str, Any]:
    """What ``correct`` or ``whys`` say, as they were typed, by the words of the choices meant.

    Raises PlacingError.
    """
    questions = draft.get("questions", ())
    choices = list(questions[question].get("choices", ())) if question < len(questions) else []
    said: Mapping[int, Any] = (
        dict.fromkeys(_right(choices, writable(text)), True)
        if part == "correct"
        else _reasons(choices, writable(text))
    )
    return {str(choices[place].get("text", "")): value for place, value in said.items()}


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
    before = [(str(each.get("text", "")), each) for each in question.get("choices", ())]
    known = dict(before)
    lines = [_choice_line(line) for line in map(str.strip, text.split("\n")) if line]
    if text and not 2 <= len(lines) <= MAX_CHOICES:
        raise PlacingError(phrase("Write 2 to {most} choices, a line each.", most=MAX_CHOICES))
    new = [bare for bare, _ in lines]
    old = {now: text for text, now in reworded([text for text, _ in before], new).items()}
    choices = []
    for bare, right in lines:
        same = known.get(bare) or _why_of(known.get(old.get(bare, ""), {}))
        choices.append({**same, "text": bare} | ({"correct": True} if right else {}))
    if any(each.get("text") not in known and each.get("correct") for each in choices):
        marked = [line for line in text.split("\n") if _RIGHT.search(line)]
        choices = choices if not marked else [_as_marked(each, marked) for each in choices]
    return {**question, "choices": choices}


def _choice_line(line: str) -> tuple[str, bool]:
    """A choice's words, and whether it is marked as right."""
    mark, said = found if (found := marks.choice_mark(line)) else (None, line)
    bare = " ".join(_RIGHT.sub("", said).split())
    return bare, bare != " ".join(said.split()) or (mark is not None and mark.ticked)


def _why_of(choice: Mapping[str, Any]) -> dict[str, Any]:
    return {"why": choice["why"]} if "why" in choice else {}


def _as_marked(choice: dict[str, Any], marked: list[str]) -> dict[str, Any]:
    """Where right ones are marked anew, those alone are right."""
    right = any(choice["text"] in line for line in marked)
    return {key: value for key, value in choice.items() if key != "correct" or right}


def _correct(question: dict[str, Any], said: str | Mapping[str, Any]) -> dict[str, Any]:
    choices = [dict(each) for each in question.get("choices", ())]
    texts = [str(each.get("text", "")) for each in choices]
    if isinstance(said, str):
        right = _right(choices, said)
    elif said.keys() <= {*texts}:
        right = {place for place, text in enumerate(texts) if text in said}
    else:
        raise PlacingError(phrase("A choice that was said to be right is there no more."))
    for place, choice in enumerate(choices):
        choice["correct"] = place in right
    return {**question, "choices": choices}


def _right(choices: Sequence[Mapping[str, Any]], text: str) -> set[int]:
    right = _places(choices, text)
    if not right:
        raise PlacingError(
            phrase("Say which choice is right by its letter, its number or its words.")
        )
    return right


def _places(choices: Sequence[Mapping[str, Any]], text: str) -> set[int]:
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


def _whys(question: dict[str, Any], said: str | Mapping[str, Any]) -> dict[str, Any]:
    """Reasons add up; an empty text takes all of them away."""
    choices = [dict(each) for each in question.get("choices", ())]
    if said == "":
        bare = [{key: each[key] for key in each if key != "why"} for each in choices]
        return {**question, "choices": bare}
    reasons = _reasons(choices, said) if isinstance(said, str) else {}
    for place, choice in enumerate(choices):
        why = reasons.get(place) if isinstance(said, str) else said.get(str(choice.get("text")))
        choices[place] = choice if why is None else {**choice, "why": why}
    return {**question, "choices": choices}


def _reasons(choices: Sequence[Mapping[str, Any]], text: str) -> dict[int, str]:
    """By the places of choices."""
    found: dict[int, str] = {}
    place = -1
    for line in filter(None, map(str.strip, text.split("\n"))):
        hit = re.match(r"\(?([A-La-l]|\d{1,2})[.):]\s*(\S.*)", line)
        if hit and 0 <= _place(hit[1]) < len(choices):
            place = _place(hit[1])
            found[place] = hit[2]
        elif place >= 0:
            found[place] += f" {line}"
        else:
            raise PlacingError(
                phrase("Begin each line with a choice's letter, such as: A. Because ...")
            )
    return found


_OF_CASE: Mapping[str, Callable[[str], Any]] = {
    "id": slug,
    "topics": _topics,
    "authors": _authors,
    "level": _level,
    "discussion": _discussion,
    "references": _references,
    "title": lambda text: " ".join(text.split()),
}
_OF_QUESTIONS: Mapping[str, Callable[[dict[str, Any], Any], dict[str, Any]]] = {
    "prompt": _set("prompt"),
    "key_point": _set("key_point"),
    "choices": _choices,
    "correct": _correct,
    "whys": _whys,
}
