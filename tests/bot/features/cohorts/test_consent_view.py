"""The words that people agree to."""

import hashlib

import pytest

from bot.base.i18n import Languages
from bot.features.cohorts.consent_view import TERMS_VERSION, Invited, consent, terms
from content.pages import MESSAGE_LENGTH
from storage.cohorts import Educator
from tests.content.html_reader import read_html

AGREED = {1: "f8fe2d272fd8112c"}
"""The digest of the English text of each version: another text needs another version."""


def test_other_words_are_another_version() -> None:
    """Whoever changes the text raises ``TERMS_VERSION``, and adds its digest here."""
    text = terms(Languages.load().words["en"])
    digest = hashlib.sha256(text.encode()).hexdigest()[:16]
    assert AGREED[TERMS_VERSION] == digest
    assert max(AGREED) == TERMS_VERSION


@pytest.mark.parametrize("code", sorted(Languages.load().words))
def test_the_longest_invitation_is_one_message(code: str) -> None:
    """Eight educators with names as long as can be, and the longest title."""
    educators = [Educator(n, "<" * 64, "u" * 32, "&" * 64) for n in range(8)]
    invited = Invited("T" * 60, educators, "digest", "token", "N" * 64)
    call = consent(1, invited, Languages.load().words[code])
    text, _ = read_html(call.params["text"])
    assert len(text) <= MESSAGE_LENGTH
    assert "<" * 64 in text
