"""The rule ``figure-damaged``."""

from collections.abc import Iterator

from content.images import FigureError, check_pixels
from content.lint.rule import Finding, Rule
from content.lint.subject import Subject
from content.problems import Severity


def find(subject: Subject) -> Iterator[Finding]:
    """Figures whose header is in order and whose pixels are not."""
    for mark, name, picture in subject.pictures:
        try:
            check_pixels(name, picture.data)
        except FigureError as error:
            yield Finding(mark, error.phrase)


RULE = Rule(
    name="figure-damaged",
    finds="a figure that cannot be decoded to its last pixel",
    reason="Telegram refuses a damaged picture, and with it the case; a program that shows the"
    " part that is whole hides the damage from its author.",
    source="Telegram Bot API, sendPhoto",
    severity=Severity.ERROR,
    bad="""
figures:
  - file: figures/half-copied.png
""",
    good="""
figures:
  - file: figures/whole.png
""",
    find=find,
)
