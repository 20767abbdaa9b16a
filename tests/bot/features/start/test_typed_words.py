"""Words that mean a command, and commands not quite spelled."""

import pytest

from bot.base.i18n import Languages
from bot.features.start.typed_words import Meant, meant, nearest
from bot.routes.private_commands import COMMANDS

ENGLISH, SPANISH = (Languages.load().words[code] for code in ("en", "es"))
NAMES = [one.name for one in COMMANDS]


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("next", Meant("case")),
        ("Next case!", Meant("case")),
        ("case", Meant("case")),
        ("Case ECG", Meant("case", "ECG")),
        ("find  stone lumps ", Meant("find", "stone lumps")),
        ("HELP", Meant("help")),
        ("stop", Meant("daily", "off")),
        ("daily", Meant("daily")),
        ("daily 7:30 lima", Meant("daily", "7:30 lima")),
        ("my data", Meant("mydata")),
        ("settings", Meant("preferences")),
        ("help me with this question", None),
        ("about aspirin", None),
        ("stop that", None),
        ("cardiology", None),
        ("", None),
        ("🫀", None),
    ],
)
def test_words_mean_commands(text: str, command: Meant | None) -> None:
    """As a whole, or before what the command takes; more words are no command."""
    assert meant(text, ENGLISH) == command


def test_each_language_has_its_own_words() -> None:
    """And the English ones."""
    assert meant("siguiente", SPANISH) == Meant("case")
    assert meant("caso piel", SPANISH) == Meant("case", "piel")
    assert meant("ayuda", SPANISH) == Meant("help")
    assert meant("next", SPANISH) == Meant("case")
    assert meant("siguiente", ENGLISH) is None


def test_every_command_can_be_said() -> None:
    """By its own name."""
    for name in NAMES:
        command = meant(name, ENGLISH)
        assert command is not None
        assert command.name == name


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("tpoics", "topics"),
        ("Cases", "case"),
        ("dayly", "daily"),
        ("hepl", "help"),
        ("pref", "preferences"),
        ("nonsense", None),
        ("", None),
    ],
)
def test_the_nearest_command(written: str, name: str | None) -> None:
    """Two letters turned round, one too many, a beginning; nothing for what is like none."""
    assert nearest(written, NAMES) == name
