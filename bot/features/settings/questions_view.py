"""The pages of a settings message about questions that were put: those open now, and results."""

from bot.base.i18n import Words
from bot.features.settings.button_data import Buttons, Field, Page
from bot.features.settings.names_view import moment
from bot.features.settings.settings_view import (
    LatestCases,
    OpenQuestion,
    PageContent,
    SettingsMessage,
    SettingsShown,
)
from bot.features.shared.case_names import question_of
from bot.features.shared.messages import Button, html_message, message
from bot.features.shared.shown_names import shown_title
from content.codes import case_code
from content.markup import Paragraph, Run, parse, plain, to_html
from storage.outcome import OwedCall


def open_now_page(shown: SettingsShown, where: SettingsMessage, words: Words) -> PageContent:
    """Each question that can be answered now, and how to end it."""
    back = [where.buttons.go(words.say("← Back"), Page.MAIN)]
    if not shown.open_now:
        return list(parse(words.say("No question is open."))), [back]
    lines: list[Paragraph] = [(Run(words.say("Open questions"), bold=True),)]
    lines += [
        (
            plain(f"{words.lead}{number}. {_named(one, words)}\n"),
            Run(_until(one, shown, words), italic=True),
        )
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
    title = words.isolated(one.title)
    if one.count == 1:
        return title
    return f"{title} · {question_of(one.number, one.count, words)}"


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
    rows = _results_of(shown.latest, where.buttons)
    return list(parse(words.say("**Results of which case?**"))), [*rows, back]


def results_of_which(
    cases: LatestCases, where: SettingsMessage, title: str, words: Words
) -> OwedCall:
    """`/results`: the same by itself, for an administrator in private, or for all of them in a
    chat, where only they can press.
    """
    head = list(parse(words.say("**Results of which case?**")))
    if where.at == where.chat_id:
        head += parse(words.say("Administrators press; the results come to them in private."))
    else:
        head.append((plain(words.isolated(shown_title(title, words))),))
    return html_message(where.at, to_html(head), _results_of(cases, where.buttons))


def report_to_press(chat_id: int, words: Words) -> OwedCall:
    """`/report` by an administrator who stays anonymous: whoever presses gets it."""
    sentence = words.say("Administrators press; the report comes to them in private.")
    button = Buttons(None).set(words.say("Report"), Field.REPORT, "")
    return message(chat_id, sentence, [[button]])


def listed_in_private(chat_id: int, words: Words) -> OwedCall:
    """Where that list went."""
    return message(chat_id, words.say("I have sent you the latest cases in private."))


def none_posted(chat_id: int, words: Words) -> OwedCall:
    """There is nothing to list."""
    return message(chat_id, words.say("No case has been posted here yet."))


def _results_of(cases: LatestCases, buttons: Buttons) -> list[list[Button]]:
    return [[buttons.set(title, Field.HAD, case_code(case_id))] for case_id, title in cases]
