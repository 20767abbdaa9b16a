"""A case file as each variant shows it: what a review posts, held to the rules for any case."""

from collections.abc import Iterator

from msgspec.structs import replace

from content.loader import CaseFile
from content.one_question_case import alone
from content.tree import Entry, Mapping, Sequence, is_absent, items, text


def variant_files(file: CaseFile) -> Iterator[tuple[str, CaseFile]]:
    """Each variant, by its id, and the file with its question alone in its words.

    All that stands there is marked where it stands in the file.
    """
    for position, question in enumerate(items(file.tree, "questions")):
        for variant in items(question, "variants"):
            name = text(variant, "id")
            if not (file.tree and name and isinstance(question, Mapping)):
                continue
            if isinstance(variant, Mapping):
                case = file.case and alone(file.case, position, name.text)
                tree = _alone(file.tree, question, variant)
                yield name.text, replace(file, case=case, tree=tree)


def _alone(root: Mapping, question: Mapping, variant: Mapping) -> Mapping:
    """As ``content.one_question_case.alone`` does it; but a reveal stays with the question."""
    own = {key: entry for key, entry in variant.entries.items() if not is_absent(entry.value)}
    asked = {**question.entries, **_some(own, "prompt", "choices", "key_point")}
    figures = _some(own, "figures")
    if not own.keys() & {"vignette", "figures"}:
        figures = _some(question.entries, "figures") or _some(root.entries, "figures")
    left_out = {"variants", "figures"} | ({"reveal"} if "vignette" in own else set())
    asked = {key: entry for key, entry in asked.items() if key not in left_out}
    mark = variant.mark if "choices" in own else question.mark
    questions = Entry("questions", mark, Sequence((Mapping(asked, mark),), mark))
    case = {key: entry for key, entry in root.entries.items() if key != "figures"}
    case |= {**_some(own, "vignette"), **figures, "questions": questions}
    return Mapping(case, root.mark)


def _some(entries: dict[str, Entry], *keys: str) -> dict[str, Entry]:
    return {key: entries[key] for key in keys if key in entries}
