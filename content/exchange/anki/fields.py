"""The fields of notes, which are HTML with some marks of Anki's own, as Markdown."""

import re
from collections.abc import Callable

from msgspec import Struct, field

from content.exchange.html_reading import HtmlText, Image, read_html
from content.exchange.pictures import Pictures, gather
from content.exchange.stems import one_line

_SOUND = re.compile(r"\[sound:[^\]\n]{1,300}\]")
_SPOKEN = re.compile(r"\[(?:anki:tts|/anki:tts)[^\]\n]{0,300}\]")


def field_text(source: str) -> HtmlText:
    """One field's text; a sound is lost, and told so."""
    silent, sounds = _SOUND.subn("", _SPOKEN.sub("", source))
    text = read_html(silent)
    lost = (*text.lost, *(["a sound"] if sounds else []))
    return HtmlText(text.markdown, text.images, lost)


def field_line(source: str) -> str:
    """What one field shows, in one plain line."""
    return one_line(field_text(source).markdown)


class Texts(Struct):
    """Reads the fields of one note, and gathers the pictures of its stem and what was lost."""

    images: list[Image] = field(default_factory=list)
    lost: dict[str, None] = field(default_factory=dict)

    def __call__(self, source: str, *, stem: bool = False) -> str:
        text = field_text(source)
        if stem:
            self.images += text.images
        elif text.images:
            # It may be the answer: behind the question is no place for figures.
            self.lost["a picture beside its stem"] = None
        self.lost |= dict.fromkeys(text.lost)
        return text.markdown

    def pictures(self, find: Callable[[str], bytes | None]) -> Pictures:
        """The pictures of the stem."""
        return gather(self.images, find)
