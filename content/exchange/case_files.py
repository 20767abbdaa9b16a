"""Case files as they lie there, but for who has reviewed them: to be brought into a repository."""

import re
from collections.abc import Iterable, Iterator

from content.drafting.writing import from_case, to_yaml
from content.exchange.zip_files import packed
from content.loader import CaseFile, contents
from content.model import Case
from content.validation import validate
from content.yaml_text import SCHEMA_LINE, case_text
from content.yaml_tree import read_tree

# With all that stands below it, but for what may belong to the next key: blank lines, comments.
_REVIEW = re.compile(
    r"^review[ \t]*:.*\n?(?:(?:[ \t]*\n|#.*\n)*[ \t]+\S.*\n?|[ \t]*-.*\n?)*", re.MULTILINE
)


def case_files(cases: Iterable[tuple[CaseFile, Case]]) -> bytes:
    """A zip of case files and their pictures, each file with the review that its case has.

    Raises OSError where a file is not there any more.
    """
    return packed(_entries(cases))


def _entries(cases: Iterable[tuple[CaseFile, Case]]) -> Iterator[tuple[str, bytes]]:
    written: set[str] = set()
    for file, case in cases:
        found = [(f"{case.id}.yaml", _file(file, case))]
        found += [(name, figure.data) for name, figure in file.figures.items()]
        for path, data in found:
            if path not in written:
                written.add(path)
                yield path, data


def _file(file: CaseFile, case: Case) -> bytes:
    data = contents(file.path)
    return data if case == file.case else with_review(file, data.decode("utf-8-sig"), case).encode()


def with_review(file: CaseFile, source: str, case: Case) -> str:
    """The source with the review of ``case`` and nothing else changed, where that can be.

    Else, as in JSON, the case is written anew: its comments go.
    """
    said = from_case(case)["review"]
    block = case_text({"review": said}).removeprefix(f"{SCHEMA_LINE}\n").strip("\n") + "\n"
    if _REVIEW.search(source):
        changed = _REVIEW.sub(lambda _: block, source, count=1)
    else:
        changed = f"{source.rstrip()}\n\n{block}"
    root, problems = read_tree(file.path, changed.encode())
    if root is not None and not problems and validate(file.path, root)[0] == case:
        return changed
    return to_yaml(from_case(case))
