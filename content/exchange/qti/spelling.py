"""One spelling for all versions of QTI: that of 3.0, without its ``qti-``."""

import re

from content.exchange.xml_tree import Node

_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def respell(node: Node) -> None:
    """Turn ``choiceInteraction`` and ``qti-choice-interaction`` into ``choice-interaction``."""
    for element in node.walk():
        element.name = _respelled(element.name)
        element.attributes = {_respelled(key): value for key, value in element.attributes.items()}


def _respelled(name: str) -> str:
    return _CAPITAL.sub("-", name).lower().removeprefix("qti-")
