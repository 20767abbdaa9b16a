"""The rule ``figure-metadata``."""

from collections.abc import Iterator

from content.lint.rule import Finding, Rule
from content.lint.subject import Subject
from content.phrases import listed, phrase


def find(subject: Subject) -> Iterator[Finding]:
    """Figures whose files hold more than the picture."""
    for mark, name, picture in subject.pictures:
        if picture.left_out:
            message = phrase(
                "{file} holds more than its pixels: {held}; learners do not get that, but whoever"
                " gets the file does, so save it without",
                file=name,
                held=listed(picture.left_out),
            )
            yield Finding(mark, message)


RULE = Rule(
    name="figure-metadata",
    finds="a figure whose file holds more than its pixels",
    reason="Cameras, scanners and programs write into a picture who is on it, the record number,"
    " where and when it was taken, and a small copy from before it was cropped. That is taken out"
    " before a picture is sent, shown or exported; in the case's own file it still lies.",
    source="United States, 45 CFR 164.514(b)(2), the safe harbor method of de-identification",
    bad="""
figures:
  - file: figures/hands-as-the-camera-wrote-them.jpg
""",
    good="""
figures:
  - file: figures/hands.jpg
""",
    find=find,
)
