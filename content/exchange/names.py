"""Ids made of what people call things."""

import re
import unicodedata
from collections.abc import Container

MAX_LENGTH = 50  # of an id in a case file


def slug(text: str) -> str:
    """Kebab-case of at most 50 characters, cut between words; empty where no letter is Latin."""
    letters = unicodedata.normalize("NFKD", text[:1000]).encode("ascii", "ignore").decode().lower()
    words = re.findall("[a-z0-9]+", letters)
    name = "-".join(words)[: MAX_LENGTH + 1]
    if len(name) > MAX_LENGTH:
        name = name[:MAX_LENGTH] if "-" not in name else name.rpartition("-")[0]
    return name.strip("-")


def distinct(name: str, taken: Container[str]) -> str:
    """The name, or where it is taken, the name with the first number from 2 that is free."""
    candidate, number = name, 2
    while candidate in taken:
        ending = f"-{number}"
        candidate = name[: MAX_LENGTH - len(ending)].rstrip("-") + ending
        number += 1
    return candidate
