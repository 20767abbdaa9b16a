"""The pages of a settings message on which cases are chosen: those to come, and one for now."""

from typing import Final

from msgspec import Struct

from bot.base.i18n import Words
from bot.features.settings.button_data import Field, Page, topic_key
from bot.features.settings.choices import MOST_QUEUED
from bot.features.settings.names_view import moment
from bot.features.settings.settings_view import PageContent, SettingsMessage, SettingsShown
from bot.features.shared.case_names import level_name, topic_name
from bot.features.shared.messages import Button, in_rows, list_page
from content.codes import case_code
from content.markup import Paragraph, Run, parse, plain

CASES_ON_A_PAGE: Final = 8
FOR_QUEUE, FOR_NOW = "q", "n"


class _Pick(Struct, frozen=True):
    """A page of a topic's cases, and what they are picked for."""

    topic: str
    purpose: str
    page: int


def queue_page(shown: SettingsShown, where: SettingsMessage, words: Words) -> PageContent:
    """The next cases as things stand now; their titles give nothing away."""
    lines: list[Paragraph] = [(Run(words.say("Coming cases"), bold=True),)]
    lines += parse(
        words.say("📌 was chosen here and stays in its place; the others come in rotation.")
    )
    lines += [_line(place, shown, words) for place in range(len(shown.coming))]
    numbers = [
        where.buttons.go(str(place + 1), Page.QUEUED, case_code(case_id))
        for place, case_id in enumerate(shown.coming)
    ]
    rows = in_rows(numbers, 5)
    if shown.chosen < MOST_QUEUED:
        rows.append([where.buttons.go(words.say("Choose a case"), Page.PICK, FOR_QUEUE)])
    return lines, [*rows, [where.buttons.go(words.say("← Back"), Page.SCHEDULE)]]


def _line(place: int, shown: SettingsShown, words: Words) -> Paragraph:
    pin = "📌 " if place < shown.chosen else ""
    when: tuple[Run, ...] = ()
    if place < len(shown.due):
        when = (
            Run(moment(shown.due[place], shown.now, shown.settings, words), bold=True),
            plain(" · "),
        )
    title = words.isolated(shown.title_of(shown.coming[place]))
    return (plain(f"{words.lead}{place + 1}. {pin}"), *when, plain(title))


def queued_page(
    shown: SettingsShown, where: SettingsMessage, words: Words, code: str
) -> PageContent:
    """One coming case, and all that can be done with it. Raises ValueError where it is not one."""
    codes = [case_code(case_id) for case_id in shown.coming]
    place = codes.index(code)
    case_id, buttons = shown.coming[place], where.buttons

    def move(label: str, to: int) -> Button:
        return buttons.set(label, Field.QUEUE, f"{code}:{to}")

    moves = []
    if place > 0:
        moves = [move(words.say("First"), 1), move(words.say("Earlier"), place)]
    if place + 1 < len(codes):
        moves.append(move(words.say("Later"), place + 2))
    pinned = place < shown.chosen
    pin = move(words.say("Unpin"), 0) if pinned else move(words.say("Pin here"), place + 1)
    rows = [
        [buttons.set(words.say("Preview"), Field.SHOW, code), pin],
        *([moves] if moves else []),
        [buttons.go(words.say("← Back"), Page.QUEUE)],
    ]
    return [_line(place, shown, words), _about(case_id, shown, words)], rows


def _about(case_id: str, shown: SettingsShown, words: Words) -> Paragraph:
    """A case's topics, its level, how many questions, and whether the chat had it."""
    case = shown.library[case_id]
    parts = [
        ", ".join(topic_name(one, words) for one in case.topics),
        level_name(case.level, words),
    ]
    parts.append(words.count("{n} question", "{n} questions", len(case.questions)))
    if case_id in shown.used:
        parts.append(words.say("posted here before"))
    return (Run(" · ".join(parts), italic=True),)


def pick_page(shown: SettingsShown, where: SettingsMessage, words: Words, part: str) -> PageContent:
    """Which case: first a topic, then one of its cases, those that the chat has not had first."""
    purpose, _, rest = part.partition(":")
    key, _, number = rest.partition(":")
    topic = next((one for one in shown.topics if topic_key(one) == key), None)
    if purpose not in {FOR_QUEUE, FOR_NOW}:
        raise ValueError("cases are picked for the queue or for now")
    if topic is None:
        choices = [
            where.buttons.go(topic_name(one, words), Page.PICK, f"{purpose}:{topic_key(one)}:0")
            for one in shown.topics
        ]
        back = Page.QUEUE if purpose == FOR_QUEUE else Page.POST
        sentence = words.say("**Which topic?**")
        rows = [*in_rows(choices, 3), [where.buttons.go(words.say("← Back"), back)]]
        return list(parse(sentence)), rows
    return _cases_of(_Pick(topic, purpose, int(number or 0)), shown, where, words)


def _cases_of(
    pick: _Pick, shown: SettingsShown, where: SettingsMessage, words: Words
) -> PageContent:
    found = sorted(
        (case_id in shown.used, case.title, case_id)
        for case_id, case in shown.library.items()
        if pick.topic in case.topics
    )
    page = list_page(found, pick.page, CASES_ON_A_PAGE)
    rows = [
        [_pick(case_id, f"↻ {title}" if used else title, shown, where, pick.purpose)]
        for used, title, case_id in page.items
    ]
    key = f"{pick.purpose}:{topic_key(pick.topic)}"
    turn = page.turning(lambda sign, to: where.buttons.go(sign, Page.PICK, f"{key}:{to}"), "←→")
    back = where.buttons.go(words.say("← Back"), Page.PICK, pick.purpose)
    head: Paragraph = (Run(topic_name(pick.topic, words), bold=True),)
    text = [head, *parse(words.say("↻ was posted here before."))]
    return text, [*rows, *turn, [back]]


def _pick(
    case_id: str, label: str, shown: SettingsShown, where: SettingsMessage, purpose: str
) -> Button:
    code = case_code(case_id)
    if purpose == FOR_NOW:
        return where.buttons.go(label, Page.POST, code)
    at = min(shown.chosen + 1, MOST_QUEUED)
    return where.buttons.set(label, Field.QUEUE, f"{code}:{at}")


def post_page(shown: SettingsShown, where: SettingsMessage, words: Words, code: str) -> PageContent:
    """Asks once before a case goes out. The button works once: it knows how many went before."""
    buttons = where.buttons
    back = [buttons.go(words.say("← Back"), Page.SCHEDULE)]
    other = [buttons.go(words.say("Another case"), Page.PICK, FOR_NOW)]
    case_id = shown.coming[0] if shown.coming else None
    if code:
        case_id = next((one for one in shown.library if case_code(one) == code), None)
    if case_id is None:
        sentence = words.say("No case fits the topics and levels, so there is none to send.")
        return list(parse(sentence)), [other, back]
    head = Run(words.say("Send this case now?"), bold=True)
    text = [(head, plain(f"\n{shown.title_of(case_id)}")), _about(case_id, shown, words)]
    code = case_code(case_id)
    send = buttons.set(words.say("Send it"), Field.POST, f"{len(shown.used)}:{code}")
    preview = buttons.set(words.say("Preview"), Field.SHOW, code)
    return text, [[send, preview], other, back]
