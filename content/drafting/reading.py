"""Drafts of whatever an author has: a pasted text, a document, a case file, a bank of questions."""

import re
from collections.abc import Mapping
from pathlib import Path, PurePath
from typing import Any

from msgspec import Struct

from content.drafting.draft_case import DraftCase, shaped, texts_of, with_rest
from content.drafting.pasted_text import read_pasted
from content.drafting.writing import PATH, unsigned
from content.exchange.drafts import Draft, Known, drafts
from content.exchange.formats import Format, guess, reader
from content.exchange.item import Item, Skipped
from content.exchange.names import Ids
from content.exchange.text_bytes import decode
from content.model import Case, ReviewStatus
from content.tree import to_plain
from content.yaml_tree import read_tree

MAX_QUESTIONS = 200  # of one file: more is a bank, which `import` takes
_MAX_BYTES = 20_000_000
_MOST_PROBLEMS = 30
_LONG = 4000  # characters of a text that is named nowhere but here
_YAML = (".yaml", ".yml")
_KEY = re.compile(r"(?m)^([a-z_]+):(?=\s|$)")
_ENOUGH_KEYS = 3  # that a case file has, at the beginnings of lines
_ANSWERS = re.compile(r"(?im)^\s*(?:correct\s+)?ans(?:wer)?\s*:")
_KNOWN = Known()


class Reading(Struct, frozen=True):
    """The drafts, one for each case or question, and what was not understood, in sentences."""

    drafts: tuple[DraftCase, ...] = ()
    problems: tuple[str, ...] = ()


def read_text(text: str) -> Reading:
    """What a pasted text says; never raises. Only a text without words gives no draft."""
    return read_file("", text.encode("utf-8", "replace"))


def read_file(name: str, data: bytes) -> Reading:
    """What a file holds, recognised as `import` does; never raises for it.

    Takes as long as such a file takes to read, which is seconds for a large one.
    """
    if len(data) > _MAX_BYTES:
        return Reading(problems=(f"The file is larger than {_MAX_BYTES // 1_000_000} MB.",))
    if PurePath(name).suffix.lower() in _YAML or _is_case_file(data):
        return _case_file(data)
    form = guess(name, data)
    if form is None and b"\0" in data:
        return Reading(problems=("This kind of file cannot be read: send the words as text.",))
    if form in {None, Format.ARTICLE} or (form is Format.AIKEN and _is_one_question(data)):
        return _pasted(decode(data).text)
    found = reader(form or Format.ARTICLE)(data)
    if found.article:
        return _joined(_pasted(found.article), found.notes)
    made, skipped = drafts(found.items[:MAX_QUESTIONS], name or "text", _KNOWN, Ids())
    notes = [*found.notes, *map(_told, (*found.skipped, *skipped))]
    if len(found.items) > MAX_QUESTIONS:
        notes.append(f"Only the first {MAX_QUESTIONS} of {len(found.items):,} questions were taken")
    if len(made) < 2 and (text := _as_text(form, data, made)):
        return _joined(_with_key(_pasted(text), made), notes if made else [])
    taken = [_of_item(draft) for draft in made]
    notes += [_picture_told(draft) for draft in made if draft.figures]
    notes += _names(found.items)
    return _joined(Reading(tuple(taken)), notes)


def _as_text(form: Format | None, data: bytes, made: tuple[Draft, ...]) -> str:
    """What is to be read as one case, being no bank of questions; empty where it is none."""
    if form is Format.DOCX:
        from content.exchange.docx.reading import document_text  # noqa: PLC0415 (it takes its time)

        return document_text(data)
    return "" if made or data.startswith((b"PK", b"SQLite")) else decode(data).text


def _with_key(reading: Reading, made: tuple[Draft, ...]) -> Reading:
    """A document's text, with the key that only its looks told: a choice that alone is bold."""
    questions = [_of_item(draft).get("questions", ()) for draft in made[:1]]
    right = {
        choice["text"]
        for each in questions
        for choice in each[0].get("choices", ())
        if choice.get("correct")
    }
    asked = [dict(each) for draft in reading.drafts for each in draft.get("questions", ())]
    choices = [each for question in asked for each in question.get("choices", ())]
    if len(asked) != 1 or any(each.get("correct") for each in choices):
        return reading
    if not right or not right < {each["text"] for each in choices}:
        return reading
    asked[0]["choices"] = [
        {**each, "correct": True} if each["text"] in right else each for each in choices
    ]
    problems = [each for each in reading.problems if not asks_for_key(each)]
    return Reading(({**reading.drafts[0], "questions": asked},), tuple(problems))


def asks_for_key(problem: str) -> bool:
    """Whether what was not understood of a text is which choice is right."""
    return problem.endswith("which choice is right.")


def _is_case_file(data: bytes) -> bool:
    keys = set(_KEY.findall(data[:_MAX_BYTES].decode("utf-8", "replace")))
    return len(keys & Case.model_fields.keys()) >= _ENOUGH_KEYS


def _is_one_question(data: bytes) -> bool:
    return len(_ANSWERS.findall(decode(data).text)) == 1


def _case_file(data: bytes) -> Reading:
    root, refused = read_tree(PATH, data)
    problems = [f"Line {each.line}: {each.message}" for each in refused]
    if root is None:
        return _joined(Reading(), [*problems, "The file cannot be read as a case"])
    plain = to_plain(root)
    draft = shaped(plain if isinstance(plain, Mapping) else {})
    return _joined(Reading((draft,)), [*problems, *_unsigned_told(draft)], (unsigned(draft),))


def _unsigned_told(draft: DraftCase) -> list[str]:
    review = draft.get("review") or {}
    if review.get("status") != ReviewStatus.REVIEWED:
        return []
    by = str(review.get("by", ""))
    return [f"The review in the file{f' by {by}' if by else ''} was taken out: reviewers sign here"]


def _pasted(text: str) -> Reading:
    draft, problems = read_pasted(text)
    return _joined(Reading((draft,) if any(texts_of(draft)) else ()), problems)


def _of_item(draft: Draft) -> DraftCase:
    root, _ = read_tree(Path("draft.yaml"), draft.text.encode())
    plain: Any = to_plain(root) if root else {}
    plain.pop("id", None)
    plain.pop("review", None)
    lost = texts_of(plain.pop("figures", []))
    captions = [text for text in lost if not text.startswith("figures/")]
    return with_rest(shaped(plain), captions)


def _picture_told(draft: Draft) -> str:
    many = len(draft.figures)
    pictures = "picture was" if many == 1 else f"{many} pictures were"
    return (
        f"“{draft.id}”: its {pictures} not taken; send {'it' if many == 1 else 'them'} afterwards"
    )


def _names(items: tuple[Item, ...]) -> list[str]:
    """What questions were called elsewhere, which may give them away: no title, and not lost."""
    return [f"In the file a question is called “{item.name}”" for item in items if item.name]


def _told(skipped: Skipped) -> str:
    return f"Not taken: {skipped}"


def _joined(
    reading: Reading, notes: list[str] | tuple[str, ...], taken: tuple[DraftCase, ...] = ()
) -> Reading:
    said = [_sentence(each) for each in dict.fromkeys((*notes, *reading.problems)) if each]
    if len(said) > _MOST_PROBLEMS:
        said[_MOST_PROBLEMS:] = [f"And {len(said) - _MOST_PROBLEMS} more of the kind."]
    return Reading(taken or reading.drafts, tuple(said))


def _sentence(text: str) -> str:
    text = text.strip()[:_LONG]
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith(('.', '?', '!', '…')) else '.'}"
