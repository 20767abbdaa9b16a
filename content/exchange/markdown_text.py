"""Markdown source for what a reader should see: the way back from ``content.markup.parse``."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from content.markdown import CONTROLS
from content.markup import Paragraph, Run, parse, trim

_DELIMITERS = (("**", "*"), ("**", "_"), ("__", "*"), ("__", "_"))
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_SPECIAL = re.compile(r"[\\*_\]]")
_LIST_MARKER = re.compile(r"^([-+*]|\d{1,9}[.)])(?=\s|$)", re.MULTILINE)
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
_SPACES = re.compile(r"[^\S\n]+")
_STAR = re.compile(r"(?<!\s)\*|\*(?!\s)")  # one between two spaces is no delimiter
_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")  # nor is one inside a word
_AROUND_BREAK = re.compile(r" *\n *")
_PLAIN = (False, False, None)
_LONGEST = 20_000  # no text of a case is longer, and reading a hostile one again could take long
_MOST_LOOKS = 400  # nor does one change its look as often


class ListKind(Struct, eq=False):
    """A list: ``loose`` where its items are paragraphs of their own."""

    ordered: bool
    loose: bool = False
    delimiter: str = ""


class Start(Struct, frozen=True):
    """A list's item opens here; ``number`` counts where the list is ordered."""

    kind: ListKind
    number: int = 1

    @property
    def marker(self) -> str:
        return f"{self.number if self.kind.ordered else ''}{self.kind.delimiter} "


class Block(Struct, frozen=True):
    """A paragraph inside ``depth`` list items, of which it opens the last ``len(starts)``."""

    runs: tuple[Run, ...]
    depth: int = 0
    starts: tuple[Start, ...] = ()


def document(blocks: Iterable[Block]) -> str:
    """The Markdown of paragraphs and lists; a block without a visible character is left out."""
    written: list[str] = []
    opened: list[Start] = []
    for block in blocks:
        if not (source := inline(block.runs)):
            continue
        outside = block.depth - len(block.starts)
        if written:
            written.append(_gap(opened, outside, block.starts))
        for start in block.starts:
            _choose_delimiter(start.kind, opened[outside].kind if opened[outside:] else None)
        opened[outside:] = block.starts
        margin = " " * sum(len(start.marker) for start in opened[:outside])
        markers = "".join(start.marker for start in block.starts)
        written.append(margin + markers + source.replace("\n", "\n" + margin + " " * len(markers)))
    return "".join(written)


def _gap(opened: Sequence[Start], outside: int, starts: Sequence[Start]) -> str:
    """An empty line, but not between the items of a tight list, nor above a list inside one."""
    if not starts:
        return "\n\n"
    kind = starts[0].kind
    if len(opened) > outside and opened[outside].kind is kind:
        return "\n\n" if kind.loose else "\n"
    # Markdown lets a list interrupt a paragraph only where it counts from 1.
    return "\n" if outside and starts[0].number == 1 else "\n\n"


def _choose_delimiter(kind: ListKind, before: ListKind | None) -> None:
    """Two lists in a row differ in their delimiters, or Markdown would take them for one."""
    first, second = (".", ")") if kind.ordered else ("-", "*")
    if not kind.delimiter:
        kind.delimiter = second if before is not None and before.delimiter == first else first


def from_plain(text: str) -> str:
    """Markdown that shows this plain text; an empty line parts paragraphs, others are kept."""
    paragraphs = re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\r", "\n"))
    return document(Block((Run(paragraph),)) for paragraph in paragraphs)


def inline(runs: Iterable[Run]) -> str:
    """One paragraph's Markdown: what it shows is the runs' text, with their looks.

    Whitespace at the edges of a look loses it. A look that Markdown cannot show where it stands
    (``**a.**b``) gives way a little, or is dropped; the text never is.
    """
    runs = [Run(_clean(run.text), *_look(run)) for run in runs]
    text = _tidied_text("".join(run.text for run in runs))
    if len(text) > _LONGEST or sum(1 for _ in groupby(runs, _look)) > _MOST_LOOKS:
        return _all_escaped(text)
    plain = all(_look(run) == _PLAIN for run in runs)
    if plain and not _SPECIAL.search(text):
        return _LIST_MARKER.sub(_escape_marker, text).replace("\n", "\\\n")
    tidy = trim([Run(text)]) if plain else _tidied(runs)
    for wanted in (tidy,) if plain else (tidy, _narrowed(tidy, _stands_in_a_word)):
        for delimiters in _DELIMITERS[: 1 if plain else None]:
            source = _LIST_MARKER.sub(_escape_marker, "".join(_written(wanted, *delimiters)))
            if parse(source) == (wanted,):
                return source
    return _all_escaped(text)


def _all_escaped(text: str) -> str:
    return _PUNCTUATION.sub(r"\\\1", text).replace("\n", "\\\n")


def _escape_marker(match: re.Match[str]) -> str:
    return f"{match[1][:-1]}\\{match[1][-1]}"


def _look(run: Run) -> tuple[bool, bool, str | None]:
    return run.bold, run.italic, run.href


def _clean(text: str) -> str:
    return unicodedata.normalize(
        "NFC", _SPACES.sub(" ", CONTROLS.sub(" ", _INVISIBLE.sub("", text)))
    )


def _tidied_text(text: str) -> str:
    return _AROUND_BREAK.sub("\n", _SPACES.sub(" ", text)).strip()


def _tidied(runs: Iterable[Run]) -> Paragraph:
    """As ``parse`` gives a paragraph: no stray spaces, none at the edges of a look."""
    kept: list[Run] = []
    for letter in _letters(runs):
        if letter.text == "\n" and kept and kept[-1].text == " ":
            kept[-1] = letter
        elif letter.text != " " or (kept and not kept[-1].text.isspace()):
            kept.append(letter)
    return _narrowed(trim(kept), lambda letter, _: letter.isspace())


def _letters(runs: Iterable[Run]) -> list[Run]:
    return [Run(letter, *_look(run)) for run in runs for letter in run.text]


def _stands_in_a_word(letter: str, outside: str) -> bool:
    """Whether Markdown would take a delimiter between these two for one of the other side."""
    return not letter.isalnum() and outside.isalnum()


def _narrowed(paragraph: Paragraph, gives_way: Callable[[str, str], bool]) -> Paragraph:
    """Each look without the letters at its edges that give way to the letter outside."""
    letters = _letters(paragraph)
    for plainer in ({"bold": False}, {"italic": False}, {"href": None}):
        (name,) = plainer
        for order in (range(len(letters)), range(len(letters) - 1, -1, -1)):
            outside = " "
            inside: object = None
            for place in order:
                letter, look = letters[place], getattr(letters[place], name)
                if look and look != inside and gives_way(letter.text, outside):
                    letters[place] = replace(letter, **plainer)
                else:
                    inside = look
                outside = letter.text
    return trim(letters)


def _written(runs: Sequence[Run], strong: str, em: str) -> Iterator[str]:
    """The runs with their delimiters around them, as few as nesting allows."""
    opened: list[tuple[str, str]] = []
    for place, run in enumerate(runs):
        wanted = _tags(run, strong, em)
        while not set(wanted).issuperset(opened):
            yield opened.pop()[1]
        missing = [tag for tag in wanted if tag not in opened]
        missing.sort(key=lambda tag: -_reach(tag, runs[place:], strong, em))
        for tag in missing:
            opened.append(tag)
            yield tag[0]
        yield _escaped(run.text, in_link=run.href is not None)
    while opened:
        yield opened.pop()[1]


def _tags(run: Run, strong: str, em: str) -> list[tuple[str, str]]:
    """What opens and what closes each look of this run; a link lies outside of its looks."""
    tags = [("[", f"]({run.href})")] if run.href else []
    return tags + [(strong, strong)] * run.bold + [(em, em)] * run.italic


def _reach(tag: tuple[str, str], runs: Sequence[Run], strong: str, em: str) -> int:
    return next((n for n, run in enumerate(runs) if tag not in _tags(run, strong, em)), len(runs))


def _escaped(text: str, *, in_link: bool) -> str:
    """The text with a backslash before whatever could be read as Markdown."""
    text = text.replace("\\", "\\\\").replace("](", "]\\(")
    text = _STAR.sub(r"\\*", text)
    text = _UNDERSCORE.sub(r"\\_", text)
    if in_link:
        text = text.replace("[", "\\[").replace("]", "\\]")
    return text.replace("\n", "\\\n")
