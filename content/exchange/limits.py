"""What a case cannot hold of an item, so that no draft can be made of it."""

from pathlib import Path

from content import fields as f
from content.exchange.item import Item
from content.exchange.stems import one_line
from content.rules import broken_rules
from content.validation import validate
from content.yaml_tree import read_tree

# What an author is still to fill in or to shorten, and so no reason to go without the draft.
_LEFT_OPEN = frozenset({"missing", "empty", "key-point-missing", "too-long", "too-many"})
_MOST_CHOICES = 26  # what has more is a list
_MOST_PICTURES = 30
_MAX_STEM = 20_000  # as any prose of a case


class LeftOutError(Exception):
    """Why no draft can be made of an item."""


def refuse(item: Item) -> None:
    """See that the item can be a question here. Raises LeftOutError."""
    right = sum(choice.correct for choice in item.choices)
    if len(item.stem) > _MAX_STEM:
        raise LeftOutError(f"its stem is longer than {_MAX_STEM:,} characters")
    if not 2 <= len(item.choices) <= _MOST_CHOICES:
        raise LeftOutError(
            f"the number of its choices is {len(item.choices)}; a poll takes 2 to {f.MAX_CHOICES}"
        )
    if len(item.pictures) > _MOST_PICTURES:
        raise LeftOutError(f"has {len(item.pictures)} pictures; at most {f.MAX_FIGURES} go out")
    if not right:
        raise LeftOutError("says of no choice that it is right")
    if right > 1 and not item.multiple:
        raise LeftOutError(f"takes any one of {right} choices for right; a case asks for all")
    for choice in item.choices:
        # Reading Markdown takes its time: what is far too long is not read to be counted.
        text = one_line(choice.text) if len(choice.text) <= _MAX_STEM else choice.text
        if not text:
            raise LeftOutError("has a choice without text")
        if len(text) > _MAX_STEM:
            raise LeftOutError(f"has a choice of {len(text):,} characters, “{text[:40]}…”")


def checked(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What of a draft is left for its author, and what else `check` would refuse it for."""
    path = Path("draft.yaml")
    root, problems = read_tree(path, text.encode())
    if root is None or problems:
        return (), tuple(problem.message for problem in problems)
    _, schema = validate(path, root)
    found = [*schema, *broken_rules(path, root)]
    left_open = tuple(each.message for each in found if each.code in _LEFT_OPEN)
    return left_open, tuple(each.message for each in found if each.code not in _LEFT_OPEN)
