"""What a file holds, as drafts: in whichever of all formats it is written."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePath
from typing import Any

from content.drafting.draft_case import DraftCase, shaped, texts_of, with_rest
from content.drafting.in_document import usable
from content.drafting.pasted_text import FIGURES, read_pasted
from content.drafting.reading import Note, Reading, asks_for_key
from content.drafting.writing import PATH, unsigned
from content.exchange.drafts import Draft, Known, drafts
from content.exchange.formats import Format, guess, reader
from content.exchange.item import TOO_MANY, Item, Skipped
from content.exchange.names import Ids
from content.exchange.text_bytes import decode
from content.model import Case, ReviewStatus
from content.phrases import Phrase, phrase, phrases
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


def read(name: str, data: bytes) -> Reading:
    """As ``content.drafting.reading.read_file``."""
    if len(data) > _MAX_BYTES:
        too_large = phrase("The file is larger than {n} MB.", n=_MAX_BYTES // 1_000_000)
        return Reading(problems=(too_large,))
    if PurePath(name).suffix.lower() in _YAML or _is_case_file(data):
        return _case_file(data)
    form = guess(name, data)
    if form is None and b"\0" in data:
        unknown = phrase("This kind of file cannot be read: send the words as text.")
        return Reading(problems=(unknown,))
    if form in {None, Format.ARTICLE} or (form is Format.AIKEN and _is_one_question(data)):
        return _pasted(decode(data).text)
    found = reader(form or Format.ARTICLE)(data)
    if found.article:
        return _with_pictures(_joined(_pasted(found.article), found.notes), found.pictures)
    made, skipped = drafts(found.items[:MAX_QUESTIONS], name or "text", _KNOWN, Ids())
    notes: list[Note] = [*found.notes, *map(_told, (*found.skipped, *skipped))]
    if len(found.items) > MAX_QUESTIONS:
        many = f"{len(found.items):,}"
        notes.append(
            phrase(
                "Too many questions: the first {n} of {all} were taken", n=MAX_QUESTIONS, all=many
            )
        )
    if found.skipped == TOO_MANY.skipped:
        return _joined(Reading(), notes)
    if len(made) < 2 and (text := _as_text(form, data, made)):
        read = _joined(_with_key(_pasted(text), made), notes if made else [])
        return _with_pictures(read, found.pictures)
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


def _with_pictures(reading: Reading, pictures: tuple[bytes, ...]) -> Reading:
    """What a document says; its pictures are its author's to give, those that can be a case's."""
    if not pictures:
        return reading
    from content.exchange.docx.reading import LEFT_OUT  # noqa: PLC0415 (it takes its time)

    many = len(usable(pictures))
    wanted: set[Note] = {FIGURES, LEFT_OUT} if many else set()
    problems = [one for one in reading.problems if one not in wanted]
    if left := len({*pictures}) - many:
        problems.append(
            phrases(
                "a picture of the document cannot be taken: send PNG or JPEG",
                "{n} pictures of the document cannot be taken: send PNG or JPEG",
                left,
            )
        )
    return Reading(reading.drafts, tuple(problems), many)


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


def _is_case_file(data: bytes) -> bool:
    keys = set(_KEY.findall(data[:_MAX_BYTES].decode("utf-8", "replace")))
    return len(keys & Case.model_fields.keys()) >= _ENOUGH_KEYS


def _is_one_question(data: bytes) -> bool:
    return len(_ANSWERS.findall(decode(data).text)) == 1


def _case_file(data: bytes) -> Reading:
    root, refused = read_tree(PATH, data)
    problems: list[Note] = [
        phrase("Line {n}: {problem}", n=each.line, problem=each.phrase) for each in refused
    ]
    if root is None:
        return _joined(Reading(), [*problems, phrase("The file cannot be read as a case")])
    plain = to_plain(root)
    draft = shaped(plain if isinstance(plain, Mapping) else {})
    return _joined(Reading((draft,)), [*problems, *_unsigned_told(draft)], (unsigned(draft),))


def _unsigned_told(draft: DraftCase) -> list[Phrase]:
    review = draft.get("review") or {}
    if review.get("status") != ReviewStatus.REVIEWED:
        return []
    if by := str(review.get("by", "")):
        return [
            phrase("The review in the file by {name} was taken out: reviewers sign here", name=by)
        ]
    return [phrase("The review in the file was taken out: reviewers sign here")]


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


def _picture_told(draft: Draft) -> Phrase:
    return phrases(
        "“{draft}”: its picture was not taken; send it afterwards",
        "“{draft}”: its {n} pictures were not taken; send them afterwards",
        len(draft.figures),
        draft=draft.id,
    )


def _names(items: tuple[Item, ...]) -> list[Phrase]:
    """What questions were called elsewhere, which may give them away: no title, and not lost."""
    named = [item.name for item in items if item.name]
    return [phrase("In the file a question is called “{name}”", name=name) for name in named]


def _told(skipped: Skipped) -> Phrase:
    return phrase("Not taken: {what}", what=str(skipped))


def _joined(reading: Reading, notes: Iterable[Note], taken: tuple[DraftCase, ...] = ()) -> Reading:
    said = [_bounded(each) for each in dict.fromkeys((*notes, *reading.problems)) if each]
    if len(said) > _MOST_PROBLEMS:
        left = len(said) - _MOST_PROBLEMS
        more = phrases("And {n} more of the kind.", "And {n} more of the kind.", left)
        said[_MOST_PROBLEMS:] = [more]
    return Reading(taken or reading.drafts, tuple(said))


def _bounded(note: Note) -> Note:
    return note if isinstance(note, Phrase) else note.strip()[:_LONG]
