"""Moodle XML as Moodle itself writes it (docs.moodle.org, "Moodle XML format")."""

import base64
from collections.abc import Iterator, Sequence
from urllib.parse import quote

from content.exchange.html_text import to_html
from content.exchange.item import Item, ItemChoice, Picture
from content.exchange.item_names import called
from content.exchange.xml_tree import xml_attribute, xml_text


def write(items: Sequence[Item]) -> bytes:
    """A file of these items. An item without a name is called by the first words of its stem."""
    return "\n".join(_quiz(items)).encode()


def _quiz(items: Sequence[Item]) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield "<quiz>"
    category = ""
    for item in items:
        if item.category != category:
            category = item.category
            yield '<question type="category">'
            yield f"<category><text>{xml_text(f'$course$/top/{category}')}</text></category>"
            yield "</question>"
        yield from _question(item)
    yield "</quiz>\n"


def _question(item: Item) -> Iterator[str]:
    yield '<question type="multichoice">'
    yield f"<name><text>{xml_text(called(item))}</text></name>"
    shown = "".join(_shown(picture) for picture in item.pictures)
    yield '<questiontext format="html">'
    yield f"<text>{xml_text(to_html(item.stem) + shown)}</text>"
    yield from map(_file, item.pictures)
    yield "</questiontext>"
    yield _html("generalfeedback", item.feedback)
    yield "<defaultgrade>1</defaultgrade>"
    yield f"<single>{'false' if item.multiple else 'true'}</single>"
    yield f"<shuffleanswers>{'true' if item.shuffle else 'false'}</shuffleanswers>"
    yield "<answernumbering>none</answernumbering>"
    for choice in item.choices:
        yield f'<answer fraction="{_fraction(item, choice)}" format="html">'
        yield f"<text>{xml_text(to_html(choice.text))}</text>"
        yield _html("feedback", choice.feedback)
        yield "</answer>"
    if item.tags:
        tags = "".join(f"<tag><text>{xml_text(tag)}</text></tag>" for tag in item.tags)
        yield f"<tags>{tags}</tags>"
    yield "</question>"


def _html(element: str, markdown: str) -> str:
    return f'<{element} format="html"><text>{xml_text(to_html(markdown))}</text></{element}>'


def _shown(picture: Picture) -> str:
    address = xml_attribute(f"@@PLUGINFILE@@/{quote(picture.name)}")
    return f"<p><img src={address} alt={xml_attribute(picture.alt)}/></p>"


def _file(picture: Picture) -> str:
    data = base64.b64encode(picture.data).decode()
    return f'<file name={xml_attribute(picture.name)} path="/" encoding="base64">{data}</file>'


def _fraction(item: Item, choice: ItemChoice) -> str:
    """Percent of the marks. Of several right answers each gives its share.

    There a wrong one takes as much again, or who ticked all of them would get full marks.
    """
    if not item.multiple:
        return "100" if choice.correct else "0"
    alike = sum(other.correct == choice.correct for other in item.choices)
    return f"{'' if choice.correct else '-'}{100 / alike:.7g}"
