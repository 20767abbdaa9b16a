"""The labels that authors write before the parts of a case, as an article's reader knows them."""

import re
from collections.abc import Mapping

from msgspec import Struct

from content.drafting.label_words import LABELS

_STARRED = re.compile(r"\s*\*\s*(\(?[A-La-l][.)]\s.*\S)")


# Choices one behind the other on a line, as mail programs and telephones leave them.
_FIRST = re.compile(r"\s*(?:.*[?:]\s+)?(?P<mark>(?P<opens>\(?)A(?P<closes>[.)])\s+\S)")
_FEWEST = 3  # choices on a line: of two, one may be an abbreviation


class Labelled(Struct, frozen=True):
    """The text with an article's labels, and what was said in labels that articles lack.

    ``headings`` are the names of sections as they were written, by their capitals.
    """

    text: str
    title: str = ""
    authors: tuple[str, ...] = ()
    key_point: str = ""
    headings: Mapping[str, str] = {}


def take_labels(text: str) -> Labelled:
    """Read the labels, line by line; a text without any stays as it is."""
    reader = _Reader()
    for line in text.split("\n"):
        for part in _one_choice_a_line(line):
            reader.take(part)
    return Labelled(
        "\n".join(reader.lines),
        reader.title,
        tuple(reader.authors),
        " ".join(reader.point),
        reader.headings,
    )


class _Reader:
    """Takes a text's lines one by one."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.title = ""
        self.authors: list[str] = []
        self.point: list[str] = []
        self.headings: dict[str, str] = {}
        self._in_point = self._answered = False

    def take(self, line: str) -> None:
        """The next line."""
        kind, hit = self._label(line)
        if self._in_point and line.strip() and hit is None:
            self.point.append(line.strip())
            return
        self._in_point = self._in_point and not line.strip() and not self.point
        if hit is None:
            starred = _STARRED.fullmatch(line)
            self.lines.append(f"{starred[1]} *" if starred else line)
            return
        self._labelled(kind, hit)

    def _label(self, line: str) -> tuple[str, re.Match[str] | None]:
        """What the line says that it is; each part but questions and sections comes once."""
        met = {
            "title": bool(self.title),
            "authors": bool(self.authors),
            "key_point": bool(self.point),
            "story": self._answered,
        }
        for kind, pattern in LABELS.items():
            if not met.get(kind) and (hit := pattern.fullmatch(line)):
                return kind, hit
        return "", None

    def _labelled(self, kind: str, hit: re.Match[str]) -> None:
        rest = (hit.groupdict().get("rest") or "").strip()
        self._answered = self._answered or kind in {"answer", "section"}
        match kind:
            case "title":
                self.title = " ".join(rest.split())
            case "authors":
                # “Ann Lee, MD” and “Ortega y Gasset” are one person each.
                self.authors = [name.strip() for name in rest.split(";") if name.strip()]
            case "key_point":
                self.point, self._in_point = [rest] if rest else [], True
                self.lines.append("")
            case "question":
                self.lines.append(f"Q: {rest}".rstrip())
            case "answer":
                self.lines.append(f"ANSWER: {rest}")
            case "section":
                name = " ".join(hit["name"].split())
                self.headings[name.upper()] = name[:1].upper() + name[1:]
                self.lines += ["", name.upper(), rest]
            case "references":
                self.lines += ["", "REFERENCES"]
            case _:
                self.lines.append(rest)


def _one_choice_a_line(line: str) -> list[str]:
    """A line, or where choices A. B. C. stand in it, each of them; all bear one kind of mark."""
    first = _FIRST.match(line)
    if first is None:
        return [line]
    ends = [first.start("mark")]
    opens, closes = re.escape(first["opens"]), re.escape(first["closes"])
    for letter in "BCDEFGHIJKL":
        following = re.compile(rf"\s{opens}{letter}{closes}\s+\S").search(line, ends[-1])
        if following is None:
            break
        ends.append(following.start() + 1)
    if len(ends) < _FEWEST:
        return [line]
    starts = [0, *ends] if ends[0] else ends
    return [line[start:end] for start, end in zip(starts, [*starts[1:], len(line)], strict=True)]
