"""The one reader of YAML: a tree of marked texts, built from PyYAML's parse events.

Nothing is resolved: ``yes``, ``30:2``, ``010``, ``1e3`` and ``1_000`` stay what the author wrote.
What YAML offers beyond mappings, sequences and texts is refused at its place. The events are read
one by one and the limits are held while reading, because the C composer crashes the process on
deeply nested input and plain ``load`` keeps the last of two equal keys in silence.
"""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import yaml
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner

from content.problems import Mark, Problem, problem_at
from content.tree import Entry, Mapping, Node, Scalar, Sequence, is_absent
from content.yaml_hints import hint, is_told_where_it_begins

MAX_BYTES = 1_000_000
MAX_DEPTH = 20

# Control characters, and what Telegram drops from every text: U+2028-202E, and three combining
# marks where they stay apart from their letter (clean_input_string in tdlib).
REFUSED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u030a\u0333\u033f\ud800-\udfff\ufffe\uffff]"
)
_LINE_BREAK = re.compile("\r\n|\r|\n")
# A sign or word right behind the # is rather a part of the text, as in "bed #3".
_SWALLOWED = re.compile(r"[ \t]+(?P<lost>#[^\W_][^\r\n]*)")
_NULLS = frozenset({"~", "null", "Null", "NULL"})


def read_tree(path: Path, data: bytes) -> tuple[Mapping | None, tuple[Problem, ...]]:
    """Read one YAML document; ``path`` is only written into the problems.

    Never raises for what ``data`` holds. The tree is None where the file cannot be read as a
    mapping; it can be there beside problems, and then what was refused stays in it as text.
    """
    problems: list[Problem] = []
    source = _decode(path, data, problems)
    root = _Builder(path, source, problems).document() if source is not None else None
    return root, tuple(problems)


def _decode(path: Path, data: bytes, problems: list[Problem]) -> str | None:
    def refuse(mark: Mark, code: str, message: str) -> None:
        problems.append(problem_at(path, mark, code, message))

    if len(data) > MAX_BYTES:
        refuse(Mark(), "too-large", f"the file is larger than {MAX_BYTES:,} bytes")
        return None
    try:
        source = data.decode("utf-8")
    except UnicodeDecodeError as error:
        mark = _mark_after(data[: error.start].decode("utf-8"))
        refuse(mark, "encoding", "the file is not UTF-8 from here on; save it as UTF-8")
        return None
    if source.startswith("\ufeff"):
        refuse(Mark(), "byte-order-mark", "save the file as UTF-8 without a byte order mark")
        source = source[1:]
    if not source.strip():
        refuse(Mark(), "empty-file", "the file is empty")
        return None
    composed = unicodedata.normalize("NFC", source)
    if REFUSED.search(composed):
        hits = [hit for hit in REFUSED.finditer(source) if _stays_apart(source, hit)]
        for hit in hits[:20]:
            refuse(_mark_after(source[: hit.start()]), *_refused_character(hit[0]))
        return None
    return source


def _stays_apart(source: str, hit: re.Match[str]) -> bool:
    """Whether this character is still itself once composed with the letters before it."""
    cluster = source[max(0, hit.start() - 3) : hit.end()]
    return REFUSED.search(unicodedata.normalize("NFC", cluster)) is not None


def _refused_character(character: str) -> tuple[str, str]:
    return (
        "control-character",
        f"U+{ord(character):04X} is a character that Telegram drops; take it out",
    )


def _mark_after(before: str) -> Mark:
    lines = _LINE_BREAK.split(before)
    return Mark(len(lines), len(lines[-1]) + 1)


class _Events(Protocol):
    def get_event(self) -> yaml.Event | None: ...


if yaml.__with_libyaml__:
    from yaml._yaml import CParser as _FastParser


class _PurePythonParser(Reader, Scanner, Parser):
    """PyYAML's own parser, for Pythons whose PyYAML was built without libyaml."""

    def __init__(self, source: str) -> None:
        Reader.__init__(self, source)
        Scanner.__init__(self)
        Parser.__init__(self)


def _events(source: str) -> Iterator[yaml.Event]:
    parser: _Events = _FastParser(source) if yaml.__with_libyaml__ else _PurePythonParser(source)
    return iter(parser.get_event, None)


class _TooDeepError(Exception):
    """Unwinds the builder once the depth limit is passed and reported."""


class _Builder:
    """Turns the events of one document into a tree, noting what is refused."""

    def __init__(self, path: Path, source: str, problems: list[Problem]) -> None:
        self._path = path
        self._source = source
        self._events = _events(source)
        self._problems = problems

    def document(self) -> Mapping | None:
        try:
            return self._document()
        except _TooDeepError:
            return None
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            if is_told_where_it_begins(error.context):
                mark = error.context_mark or mark
            place = Mark(mark.line + 1, mark.column + 1) if mark else Mark()
            said = ": ".join(filter(None, (error.context, error.problem)))
            advice = hint(error.context, _LINE_BREAK.split(self._source), place.line)
            self._refuse(place, "yaml-syntax", f"this is not valid YAML ({said}){advice}")
        except (yaml.YAMLError, ValueError, OverflowError) as error:
            # The pure parser lets chr() fail on an escape such as "\UFFFFFFFF".
            self._refuse(Mark(), "yaml-syntax", f"this is not valid YAML ({error})")
        return None

    def _document(self) -> Mapping | None:
        root: Node | None = None
        documents = 0
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._refuse(_mark(event), "several-documents", "a file holds one case only")
                    break
            elif isinstance(event, yaml.NodeEvent):
                root = self._node(event, 1)
        if root is None or is_absent(root):
            self._refuse(Mark(), "empty-file", "the file holds no case")
        elif not isinstance(root, Mapping):
            self._refuse(root.mark, "not-a-case", "a case file is a mapping, `id: ...` and so on")
        return root if isinstance(root, Mapping) else None

    def _node(self, event: yaml.Event, depth: int) -> Node:
        mark = _mark(event)
        if depth > MAX_DEPTH:
            self._refuse(mark, "too-deep", f"nested more than {MAX_DEPTH} levels deep")
            raise _TooDeepError
        if isinstance(event, yaml.AliasEvent):
            self._refuse(mark, "alias", "aliases (*name) are not used here; write the text again")
            return Scalar(f"*{event.anchor}", quoted=False, mark=mark)
        if getattr(event, "anchor", None) is not None:
            self._refuse(mark, "anchor", "anchors (&name) are not used here")
        if getattr(event, "tag", None) is not None:
            self._refuse(mark, "tag", "tags (!name) are not used here; put a text in quotes")
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, mark)
        if isinstance(event, yaml.SequenceStartEvent):
            return Sequence(tuple(self._items(depth)), mark)
        return Mapping(self._entries(depth), mark)

    def _scalar(self, event: yaml.ScalarEvent, mark: Mark) -> Scalar:
        quoted = bool(event.style)
        value = event.value
        if not (value.isascii() and value.isprintable()):  # as most are
            value = unicodedata.normalize("NFC", value)
            if hit := REFUSED.search(value):
                self._refuse(mark, *_refused_character(hit[0]))
                value = REFUSED.sub("", value)
        end = event.end_mark
        if not quoted and end and (hit := _SWALLOWED.match(self._source, end.index)):
            before = len(hit[0]) - len(hit["lost"])
            message = (
                f"YAML leaves out “{hit['lost'][:40]}”; put the text in quotes,"
                " or a space behind the # of a comment"
            )
            place = Mark(end.line + 1, end.column + before + 1)
            self._refuse(place, "comment-in-text", message)
        if not quoted and value in _NULLS:
            message = f"{value} is not used here: leave the key out, or put the text in quotes"
            self._refuse(mark, "null", message)
        return Scalar(value.strip(), quoted, mark)

    def _items(self, depth: int) -> Iterator[Node]:
        for event in self._events:
            if isinstance(event, yaml.SequenceEndEvent):
                return
            yield self._node(event, depth + 1)

    def _entries(self, depth: int) -> dict[str, Entry]:
        entries: dict[str, Entry] = {}
        for event in self._events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self._node(event, depth + 1)
            value = self._node(next(self._events), depth + 1)
            if not isinstance(key, Scalar):
                self._refuse(key.mark, "complex-key", "a key is a short text")
            elif key.text == "<<" and not key.quoted:
                self._refuse(key.mark, "merge-key", "merge keys (<<) are not used here")
            elif first := entries.get(key.text):
                message = f"{key.text} stands in line {first.mark.line} already"
                self._refuse(key.mark, "duplicate-key", message)
            else:
                entries[key.text] = Entry(key.text, key.mark, value)
        return entries

    def _refuse(self, mark: Mark, code: str, message: str) -> None:
        self._problems.append(problem_at(self._path, mark, code, message))


def _mark(event: yaml.Event) -> Mark:
    mark = event.start_mark
    return Mark(mark.line + 1, mark.column + 1) if mark else Mark()
