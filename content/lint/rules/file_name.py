"""The rule ``file-name``."""

from collections.abc import Iterator

from content.lint.rule import Finding, Rule
from content.lint.subject import Subject
from content.phrases import phrase


def find(subject: Subject) -> Iterator[Finding]:
    """A file that is not named after its case."""
    file = subject.file
    if file.case and file.case.id != file.path.stem:
        message = phrase(
            "the file would be found more easily as {file}", file=f"{file.case.id}.yaml"
        )
        yield Finding(file.mark("id"), message)


RULE = Rule(
    name="file-name",
    finds="a file that is not named after its case",
    reason="Whoever knows a case by its id, from a button or a report, looks for a file of that"
    " name.",
    source="this project's own convention",
    bad="""
id: calcium-under-the-skin
""",
    good="""
id: hard-lumps
""",
    find=find,
)
