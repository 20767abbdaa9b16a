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
from typing import Any, Protocol

import yaml
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner

from content import yaml_lookalikes as lookalikes
from content.phrases import Phrase, phrase
from content.problems import Mark, Problem, problem_at
from content.tree import Entry, Mapping, Node, Scalar, Sequence, is_absent
from content.yaml_hints import hint, is_told_where_it_begins
from content.yaml_source import LINE_BREAK, REFUSED, decoded, dropped

MAX_DEPTH = 20

# A sign or word right behind the # is rather a part of the text, as in "bed #3".
_SWALLOWED = re.compile(r"[ \t]+(?P<lost>#[^\W_][^\r\n]*)")
_NULLS = frozenset({"~", "null", "Null", "NULL"})


def read_tree(path: Path, data: bytes) -> tuple[Mapping | None, tuple[Problem, ...]]:
    """Read one YAML document; ``path`` is only written into the problems.

    Never raises for what ``data`` holds. The tree is None where the file cannot be read as a
    mapping; it can be there beside problems, and then what was refused stays in it as text.
    """
    source, problems = decoded(path, data)
    root = None if source is None else _Builder(path, source, problems).document()
    return root, tuple(problems)


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


def _events(source: str) -> Iterator[Any]:
    """Events, of which PyYAML's types do not tell all that they have."""
    parser: _Events = _FastParser(source) if yaml.__with_libyaml__ else _PurePythonParser(source)
    return iter(parser.get_event, None)


class _TooDeepError(Exception):
    """Unwinds the builder once the depth limit is passed and reported."""


class _Builder:
    """Turns the events of one document into a tree, noting what is refused."""

    def __init__(self, path: Path, source: str, problems: list[Problem]) -> None:
        self._path = path
        self._source = source
        self._ascii = source.isascii()
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
            advice = None
            if not self._refuse_lookalikes(place.line):
                advice = hint(error.context, LINE_BREAK.split(self._source), place.line)
            self._refuse(place, "yaml-syntax", _no_yaml(said, advice))
        except (yaml.YAMLError, ValueError, OverflowError) as error:
            # The pure parser lets chr() fail on an escape such as "\UFFFFFFFF".
            self._refuse(Mark(), "yaml-syntax", _no_yaml(str(error)))
        return None

    def _document(self) -> Mapping | None:
        root: Node | None = None
        documents = 0
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    said = phrase("a file holds one case only")
                    self._refuse(_mark(event), "several-documents", said)
                    break
            elif isinstance(event, yaml.NodeEvent):
                root = self._node(event, 1)
        if root is None or is_absent(root):
            self._refuse(Mark(), "empty-file", phrase("the file holds no case"))
        elif not isinstance(root, Mapping):
            said = phrase("a case file is a mapping, `id: ...` and so on")
            self._refuse(root.mark, "not-a-case", said)
        return root if isinstance(root, Mapping) else None

    def _node(self, event: Any, depth: int) -> Node:
        mark = _mark(event)
        if depth > MAX_DEPTH:
            said = phrase("nested more than {n} levels deep", n=MAX_DEPTH)
            self._refuse(mark, "too-deep", said)
            raise _TooDeepError
        if isinstance(event, yaml.AliasEvent):
            said = phrase("aliases (*name) are not used here; write the text again")
            self._refuse(mark, "alias", said)
            return Scalar(f"*{event.anchor}", quoted=False, mark=mark)
        if event.anchor is not None:
            self._refuse(mark, "anchor", phrase("anchors (&name) are not used here"))
        if event.tag is not None:
            said = phrase("tags (!name) are not used here; put a text in quotes")
            self._refuse(mark, "tag", said)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, mark)
        if isinstance(event, yaml.SequenceStartEvent):
            return Sequence(tuple(self._items(depth)), mark)
        return Mapping(self._entries(depth), mark)

    def _scalar(self, event: Any, mark: Mark) -> Scalar:
        quoted = bool(event.style)
        value = event.value
        if not (value.isascii() and value.isprintable()):  # as most are
            value = unicodedata.normalize("NFC", value)
            if hit := REFUSED.search(value):
                self._refuse(mark, *dropped(hit[0]))
                value = REFUSED.sub("", value)
        if not quoted:
            self._look_at_plain(event, value, mark)
        return Scalar(value.strip(), quoted, mark)

    def _look_at_plain(self, event: Any, value: str, mark: Mark) -> None:
        """Refuse what a text without quotes lost to a comment, or stands for."""
        end = event.end_mark
        if hit := _SWALLOWED.match(self._source, end.index):
            before = len(hit[0]) - len(hit["lost"])
            message = phrase(
                "YAML leaves out “{lost}”; put the text in quotes, or a space behind the # of a"
                " comment",
                lost=hit["lost"][:40],
            )
            place = Mark(end.line + 1, end.column + before + 1)
            self._refuse(place, "comment-in-text", message)
            self._refuse_lookalikes(mark.line)
        if value in _NULLS:
            message = phrase(
                "{word} is not used here: leave the key out, or put the text in quotes", word=value
            )
            self._refuse(mark, "null", message)

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
                self._refuse(key.mark, "complex-key", phrase("a key is a short text"))
                continue
            name = key.text if self._ascii else self._told_of_lookalikes(event, key, value)
            if name == "<<" and not key.quoted:
                said = phrase("merge keys (<<) are not used here")
                self._refuse(key.mark, "merge-key", said)
            elif first := entries.get(name):
                message = phrase("{key} stands in line {n} already", key=name, n=first.mark.line)
                self._refuse(key.mark, "duplicate-key", message)
            else:
                entries[name] = Entry(name, key.mark, value)
        return entries

    def _told_of_lookalikes(self, event: yaml.Event, key: Scalar, value: Node) -> str:
        """A key as it was meant to be, after refusing what is not YAML's in it and its value."""
        written = event.value if isinstance(event, yaml.ScalarEvent) else key.text
        if (at := lookalikes.in_key(written)) is not None:
            self._refuse_lookalike(key.mark, at + key.quoted, written[at])
        if isinstance(value, Scalar) and not value.quoted:
            at = lookalikes.in_text(value.text, own_line=value.mark.line > key.mark.line)
            if at is not None:
                self._refuse_lookalike(value.mark, at, value.text[at])
        return lookalikes.seen_of(key.text)

    def _refuse_lookalikes(self, number: int) -> bool:
        """Refuse what is none of YAML's in a line, from 1, or in that before; whether any is."""
        near = list(enumerate(LINE_BREAK.split(self._source)[:number], start=1))[-2:]
        found = [(n, at, line) for n, line in near if (at := lookalikes.in_line(line)) is not None]
        for n, at, line in found:
            self._refuse_lookalike(Mark(n), at, line[at])
        return bool(found)

    def _refuse_lookalike(self, mark: Mark, at: int, character: str) -> None:
        place = Mark(mark.line, mark.column + at)
        self._refuse(place, "look-alike", lookalikes.complaint(character))

    def _refuse(self, mark: Mark, code: str, said: Phrase) -> None:
        self._problems.append(problem_at(self._path, mark, code, said))


def _no_yaml(reason: str, advice: Phrase | None = None) -> Phrase:
    if advice is None:
        return phrase("this is not valid YAML ({reason})", reason=reason)
    return phrase("this is not valid YAML ({reason}); {advice}", reason=reason, advice=advice)


def _mark(event: yaml.Event) -> Mark:
    mark: Any = event.start_mark
    return Mark(mark.line + 1, mark.column + 1)
