"""The rule ``figure-transparency``."""

from collections.abc import Iterator

from content.lint.rule import Finding, Rule
from content.lint.subject import Subject
from content.phrases import phrase
from content.problems import Severity


def find(subject: Subject) -> Iterator[Finding]:
    """Figures with transparent parts."""
    for mark, name, picture in subject.pictures:
        if picture.on_white:
            message = phrase("parts of {file} are transparent; learners see them white", file=name)
            yield Finding(mark, message)


RULE = Rule(
    name="figure-transparency",
    finds="a figure with transparent parts, which learners see white",
    reason="What is behind a transparent part is another colour in each program, and black"
    " lettering is lost on a dark one; so a picture is put on white before it is sent, shown or"
    " exported.",
    source="this project's own rule",
    severity=Severity.NOTE,
    bad="""
figures:
  - file: figures/hands-cut-out.png
""",
    good="""
figures:
  - file: figures/hands-on-white.png
""",
    find=find,
)
