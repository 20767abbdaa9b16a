"""A person is spoken to in the language of their app, from the first word to the explanation."""

import polib
import pytest

from bot.base.i18n import LOCALES
from bot.settings import Settings
from tests.support.sandbox import Message, SandboxClient
from tests.support.seeing import asked, buttons, is_poll, says, text_of

TELLING = 15  # characters from which a sentence is surely the bot's own, and not a word of a case


@pytest.mark.parametrize(
    ("app", "welcome", "start", "explained"),
    [
        ("es-mx", "Buenos días.", "Empezar", ("Elegiste:", "Punto clave:", "Siguiente caso")),
        (
            "fr",
            "Bonjour.",
            "Commencer",
            ("Vous avez choisi\u202f:", "Point clé\u202f:", "Cas suivant"),
        ),
    ],
)
async def test_all_is_in_the_language_of_the_app(
    app: str,
    welcome: str,
    start: str,
    explained: tuple[str, str, str],
    sandbox: SandboxClient,
    bot: Settings,
) -> None:
    """Welcome, explanation, buttons, help and what is kept: nothing is said in English."""
    person = await sandbox.person("Camille", language_code=app)
    hello = await asked(person, "/start", welcome)
    await person.press(hello, buttons(hello)[start])
    case = await person.wait_for(is_poll, after=hello["message_id"])
    await person.vote(case, [0])
    chose, point, next_case = explained
    verdict = await person.wait_for(says(chose, point), after=case["message_id"])
    assert next_case in buttons(verdict)
    for command in ("/help", "/privacy", "/forget", "/daily", "/settings", "/nonsense"):
        sent = await person.send(command)
        await person.wait_for(says(""), after=sent["message_id"])
    catalogue = polib.pofile(str(LOCALES / f"{app[:2]}.po"))
    english = [
        entry.msgid.replace("**", "")
        for entry in catalogue
        if len(entry.msgid) >= TELLING and "{" not in entry.msgid
    ]
    for message in await person.messages():
        shown = shown_by(message)
        assert [sentence for sentence in english if sentence in shown] == []


def shown_by(message: Message) -> str:
    """What the bot's message and its buttons say."""
    return "\n".join((text_of(message), *buttons(message))) if message["from"]["is_bot"] else ""
