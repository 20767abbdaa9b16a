"""The pages of a settings message about questions that were put: those open now, and results."""

from bot.base.i18n import Words
from bot.features.settings.button_data import Field, Page
from bot.features.settings.names_view import moment
from bot.features.settings.settings_view import (
    OpenQuestion,
    PageContent,
    SettingsMessage,
    SettingsShown,
)
from bot.features.shared.case_names import question_of
from bot.features.shared.messages import Button
from content.codes import case_code
from content.markup import Paragraph, Run, parse, plain


def open_now_page(shown: SettingsShown, where: SettingsMessage, words: Words) -> PageContent:
    """Each question that can be answered now, and how to end it."""
    back = [where.buttons.go(words.say("← Back"), Page.MAIN)]
    if not shown.open_now:
        return list(parse(words.say("No question is open."))), [back]
    lines: list[Paragraph] = [(Run(words.say("Open questions"), bold=True),)]
    lines += [
        (plain(f"{number}. {_named(one, words)}\n"), Run(_until(one, shown, words), italic=True))
        for number, one in enumerate(shown.open_now, start=1)
    ]
    lines += parse(
        words.say(
            "**Close now:** no more votes, and the results come as at the end. **Reveal now:** the"
            " explanation for all as well, also where it is kept to private chats."
        )
    )
    rows = [
        _ends(one, f"{number} · " if len(shown.open_now) > 1 else "", where, words)
        for number, one in enumerate(shown.open_now, start=1)
        if one.arrived and one.closes_at > shown.now
    ]
    return lines, [*rows, back]


def _ends(one: OpenQuestion, number: str, where: SettingsMessage, words: Words) -> list[Button]:
    ends = (words.say("Close now"), Field.CLOSE), (words.say("Reveal now"), Field.REVEAL)
    return [where.buttons.set(f"{number}{label}", field, one.ref) for label, field in ends]


def _named(one: OpenQuestion, words: Words) -> str:
    if one.count == 1:
        return one.title
    return f"{one.title} · {question_of(one.number, one.count, words)}"


def _until(one: OpenQuestion, shown: SettingsShown, words: Words) -> str:
    if not one.arrived:
        return words.say("on its way")
    if one.closes_at <= shown.now:
        return words.say("closed; its results are coming")
    return words.say(
        "open until {when}", when=moment(one.closes_at, shown.now, shown.settings, words)
    )


def latest_page(shown: SettingsShown, where: SettingsMessage, words: Words) -> PageContent:
    """The cases that the chat had last: a press brings the results of one."""
    back = [where.buttons.go(words.say("← Back"), Page.MAIN)]
    if not shown.latest:
        return list(parse(words.say("No case has been posted here yet."))), [back]
    rows = [
        [where.buttons.set(title, Field.HAD, case_code(case_id))] for case_id, title in shown.latest
    ]
    return list(parse(words.say("**Results of which case?**"))), [*rows, back]
