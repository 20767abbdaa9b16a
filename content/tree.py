"""A case file as its author wrote it: texts in mappings and sequences, each with its place."""

from msgspec import Struct

from content.problems import Mark


class Scalar(Struct, frozen=True, gc=False):
    """A text as written, in Unicode's composed form (NFC), without surrounding whitespace."""

    text: str
    quoted: bool
    mark: Mark


class Entry(Struct, frozen=True, gc=False):
    """A key, where it stands, and its value."""

    key: str
    mark: Mark
    value: "Node"


class Mapping(Struct, frozen=True, gc=False):
    """Entries by key, in the file's order."""

    entries: dict[str, Entry]
    mark: Mark

    def entry(self, key: str) -> Entry | None:
        return self.entries.get(key)


class Sequence(Struct, frozen=True, gc=False):
    """Items in the file's order."""

    items: tuple["Node", ...]
    mark: Mark


Node = Scalar | Mapping | Sequence
Plain = str | dict[str, "Plain"] | list["Plain"]
Loc = tuple[int | str, ...]


def child(node: Node | None, *loc: int | str) -> Node | None:
    """The node at ``loc`` below ``node``, or None where there is none."""
    for step in loc:
        if isinstance(node, Mapping) and isinstance(step, str):
            entry = node.entry(step)
            node = entry.value if entry else None
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
        else:
            return None
    return node


def items(node: Node | None, *loc: int | str) -> tuple[Node, ...]:
    """The items of the sequence at ``loc``; none where there is no sequence."""
    found = child(node, *loc)
    return found.items if isinstance(found, Sequence) else ()


def text(node: Node | None, *loc: int | str) -> Scalar | None:
    """The text at ``loc``, or None where there is none or it is empty."""
    found = child(node, *loc)
    return found if isinstance(found, Scalar) and found.text else None


def is_absent(node: Node) -> bool:
    """Whether this value is empty, which means that it is not there."""
    return isinstance(node, Scalar) and not node.text


def to_plain(node: Node) -> Plain:
    """The tree as dictionaries, lists and strings, without the keys whose value is empty."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [to_plain(item) for item in node.items]
    return {e.key: to_plain(e.value) for e in node.entries.values() if not is_absent(e.value)}


def locate(root: Node, loc: Loc) -> Mark:
    """The mark of the value at ``loc``, or of the nearest thing around it that exists.

    A key whose value is empty is marked itself, for there is no value to point at.
    """
    node, mark = root, root.mark
    for step in loc:
        if isinstance(node, Mapping) and isinstance(step, str) and (entry := node.entry(step)):
            node = entry.value
            mark = entry.mark if is_absent(node) else node.mark
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
            mark = node.mark
        else:
            break
    return mark


def locate_key(root: Node, loc: Loc) -> Mark:
    """The mark of the key that ends ``loc``."""
    parent = child(root, *loc[:-1])
    entry = parent.entry(str(loc[-1])) if isinstance(parent, Mapping) else None
    return entry.mark if entry else locate(root, loc)
