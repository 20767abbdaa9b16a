"""One item of QTI 1.2: its stem, choices, key, and what it says of them."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct

from content.exchange.html_reading import HtmlText
from content.exchange.item import Item, ItemChoice, LeftOutError
from content.exchange.pictures import gather
from content.exchange.qti1.feedback import Said, one, read_feedback
from content.exchange.qti1.key import read_key
from content.exchange.qti1.kinds import is_multiple, is_pair, kind, metadata, other_kind
from content.exchange.qti1.material import read_material
from content.exchange.qti1.scoring import MOST_ASKED_TOGETHER, MOST_CHOICES
from content.exchange.xml_tree import Node

_TRUTHS = {"true": "True", "false": "False"}
_EVERYBODY = ("bbmd_all_fullcredit_ind", "bbmd_canvas_fullcrdt_ind")
_TAGS = ("qmd_topic", "qmd_keywords", "keywords")
_NAMELESS = {"question", "untitled", "untitled question"}
_ASIDE = ("rubric", "itemrubric", "objectives")

Find = Callable[[str], bytes | None]


class Found(Struct, frozen=True):
    """An item, notes on it, and what it says to right and to wrong answers alone."""

    item: Item
    notes: tuple[str, ...]
    if_right: str
    if_wrong: str


def read_item(node: Node, find: Find, category: str = "", *, shuffled: bool = False) -> Found:
    """The item with this category. Raises LeftOutError.

    ``shuffled``: the assessment shuffles the choices of all its items.
    """
    fields = metadata(node)
    sort = kind(fields)
    presentation, response = _asked(node, sort)
    if any(fields.get(field, "").lower() == "true" for field in _EVERYBODY):
        raise LeftOutError("gives everybody full marks, so its key is in doubt")
    labels = [below for below in response.walk() if below.name == "response_label"]
    multiple = is_multiple(sort, response)
    choices = _identifiers(labels, MOST_ASKED_TOGETHER if multiple else MOST_CHOICES)
    key = read_key(node, choices, multiple=multiple)
    said = read_feedback(node, choices, key)
    stem = read_material(presentation, {"response_label"})
    options = [read_material(label) for label in labels]
    pictures = gather(stem.images, find)
    item = Item(
        stem=stem.markdown,
        choices=tuple(
            ItemChoice(
                _word(option, choice) if is_pair(sort) else option.markdown,
                place in key.right,
                one(said.choices[place]),
            )
            for place, (option, choice) in enumerate(zip(options, choices, strict=True))
        ),
        name=name_of(node),
        multiple=multiple,
        shuffle=not is_pair(sort) and (shuffled or _shuffles(response)),
        feedback=one(said.general),
        tags=tuple(_tags(fields)),
        category=category,
        pictures=pictures.found,
        line=node.line,
    )
    notes = (*_losses(stem, options, said), *pictures.missing, *said.notes, *key.notes)
    return Found(item, (*notes, *_asides(node)), one(said.if_right), one(said.if_wrong))


def _asked(node: Node, sort: str) -> tuple[Node, Node]:
    """What an item presents, and its one response with choices. Raises LeftOutError."""
    presentation = node.first("presentation")
    if presentation is None:
        raise LeftOutError("has nothing to present")
    if other := other_kind(sort, presentation):
        raise LeftOutError(other)
    return presentation, next(each for each in presentation.walk() if each.name == "response_lid")


def name_of(node: Node) -> str:
    """An item's title, unless it is what a platform calls all that have none."""
    title = " ".join(node.attributes.get("title", "").split())
    return "" if title.lower() in _NAMELESS else title


def _identifiers(labels: Sequence[Node], most: int) -> list[str]:
    choices = [label.attributes.get("ident", "").strip() for label in labels]
    if len(choices) > most:
        raise LeftOutError(f"has {len(choices)} choices, and at most {most} of its kind are read")
    if len(set(choices)) < len(choices):
        raise LeftOutError("has two choices of one identifier, so its key is in doubt")
    return choices


def _word(option: HtmlText, choice: str) -> str:
    """The text of true or false, and of Blackboard's other pairs, which are in identifiers."""
    word = option.markdown.strip()
    pair, dot, truth = choice.partition(".")
    if dot and truth in _TRUTHS and pair.count("_") == 1 and word in {"", choice}:
        return pair.split("_")[truth == "false"].capitalize()
    return _TRUTHS.get(word, word)


def _shuffles(response: Node) -> bool:
    return any(
        below.attributes.get("shuffle", "").lower() == "yes"
        for below in response.walk()
        if below.name == "render_choice"
    )


def _tags(fields: Mapping[str, str]) -> Iterator[str]:
    written = ",".join(fields.get(label, "") for label in _TAGS)
    yield from dict.fromkeys(filter(None, (tag.strip() for tag in written.split(","))))


def _losses(stem: HtmlText, options: Sequence[HtmlText], said: Said) -> Iterator[str]:
    besides = [*options, *said.texts]
    for loss in dict.fromkeys(loss for text in (stem, *besides) for loss in text.lost):
        yield f"{loss} was left out"
    if any(text.images for text in besides):
        yield "pictures beside its stem were left out"


def _asides(item: Node) -> Iterator[str]:
    """Notes on what is said of the item, to candidates or to those who mark it."""
    for node in item.elements(*_ASIDE):
        if excerpt := read_material(node).excerpt:
            yield f"its {node.name} was left out: {excerpt}"
