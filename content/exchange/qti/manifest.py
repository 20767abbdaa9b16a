"""The list of a package's files (IMS Content Packaging), and what it says of each item."""

from collections.abc import Iterator
from posixpath import join

from msgspec import Struct

from content.exchange.xml_tree import Node

_BANKS = ("imsqti_xmlv1", "imsqti_assessment_xmlv1", "assessment/x-bb-qti")


class Resource(Struct, frozen=True):
    """A listed item: its address from the manifest's folder, and its metadata."""

    href: str
    tags: tuple[str, ...] = ()
    category: str = ""


def read_manifest(root: Node) -> Iterator[Resource]:
    """The items in their order; keywords of their metadata are tags, its taxons a category."""
    base = root.attributes.get("base", "")
    for resources in root.elements("resources"):
        below = join(base, resources.attributes.get("base", ""))
        for resource in resources.elements("resource"):
            kind = resource.attributes.get("type", "").lower()
            of_blackboard = resource.attributes.get("file")  # counts from the package's root
            href = of_blackboard or join(
                below, resource.attributes.get("base", ""), _href(resource)
            )
            if kind.startswith("imsqti_item"):
                yield Resource(href, tuple(_keywords(resource)), _category(resource))
            elif kind.startswith(_BANKS):
                yield Resource(href)


def _href(resource: Node) -> str:
    file = resource.first("file")
    return resource.attributes.get("href") or (file.attributes.get("href", "") if file else "")


def _words(node: Node) -> str:
    return " ".join("".join(below.text for below in node.walk()).split())


def _keywords(resource: Node) -> Iterator[str]:
    seen: set[str] = set()
    for node in resource.walk():
        if node.name == "keyword" and (word := _words(node)) and word not in seen:
            seen.add(word)
            yield word


def _category(resource: Node) -> str:
    """The first path of taxons, as Moodle writes categories: ``Cardiology/Rhythm``."""
    for node in resource.walk():
        if node.name.lower() == "taxonpath":
            taxons = [below for below in node.walk() if below.name == "taxon"]
            entries = [entry for taxon in taxons if (entry := taxon.first("entry"))]
            return "/".join(filter(None, map(_words, entries)))
    return ""
