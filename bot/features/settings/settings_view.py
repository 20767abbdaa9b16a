"""The settings of a chat: one message with buttons, which every press edits in place."""

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from bot.base.i18n import Words
from bot.features.settings.button_data import Buttons, Field, Page
from bot.features.settings.names_view import (
    layout_name,
    levels_named,
    moment,
    results_name,
    span,
    timetable_line,
    topics_named,
)
from bot.features.shared.chat_settings import CHANNEL, ChatSettings
from bot.features.shared.messages import Keyboard, html_message
from bot.features.shared.question_buttons import QuestionRef
from bot.features.shared.shown_names import shown_title
from bot.scheduling.zones import label
from content.markup import Paragraph, Run, parse, plain, to_html
from content.model import Case
from storage.outcome import OwedCall

PageContent = tuple[list[Paragraph], Keyboard]
LatestCases = tuple[tuple[str, str], ...]
"""Id and title of each case."""


class SettingsMessage(Struct, frozen=True):
    """Where a chat is being set up: in itself, or in private.

    ``chat_id`` is the chat that is set up, ``at`` the chat where its settings are shown,
    ``message_id`` the message to edit, or None for a new one.
    """

    chat_id: int
    at: int
    message_id: int | None = None
    thread_id: int | None = None
    is_forum: bool = False

    @property
    def buttons(self) -> Buttons:
        """Makes buttons that work here."""
        return Buttons(None if self.at == self.chat_id else self.chat_id)

    @property
    def command(self) -> str:
        """What to write in front of a time or a date here."""
        return "/settings" if self.at == self.chat_id else f"/channel {self.chat_id}"

    def to_write(self, argument: str) -> Run:
        """A command with its argument, which a mere command would lose when it is tapped."""
        return Run(f"{self.command} {argument}", code=True)


class OpenQuestion(Struct, frozen=True):
    """A question that a chat can still answer; ``number`` of ``count`` in its case.

    ``arrived``: it stands there already; ``closes_at`` (UTC ms) may have passed just now.
    """

    ref: QuestionRef
    title: str
    number: int
    count: int
    closes_at: int
    arrived: bool


class SettingsShown(Struct, frozen=True):
    """What the settings of a chat are shown with.

    ``cases`` is how many cases fit the chat's wishes, ``used`` those it had, each as often as it
    was posted. ``coming`` are the ids of the next ones, the first ``chosen`` of which were chosen
    ahead; ``due`` is when, as far as that is known (UTC ms). ``library`` are all cases by id,
    ``latest`` those that the chat had last, with their titles of then. ``may_post`` is False where
    the bot has not the right to.
    """

    title: str
    kind: str
    settings: ChatSettings
    now: int
    cases: int
    used: tuple[str, ...]
    coming: tuple[str, ...]
    chosen: int
    due: tuple[int, ...]
    library: Mapping[str, Case]
    latest: LatestCases
    open_now: tuple[OpenQuestion, ...]
    topics: tuple[str, ...]
    languages: Mapping[str, str]
    may_post: bool = True

    def title_of(self, case_id: str) -> str:
        """A case's title; of one that the library has no more, its id."""
        case = self.library.get(case_id)
        return case_id if case is None else case.title


def settings_call(where: SettingsMessage, content: PageContent) -> OwedCall:
    """A new settings message, or the edit of the one in hand."""
    paragraphs, keyboard = content
    call = html_message(where.at, to_html(paragraphs), keyboard)
    if where.message_id is None:
        thread = {} if where.thread_id is None else {"message_thread_id": where.thread_id}
        return replace(call, params={**call.params, **thread})
    return replace(
        call,
        method="editMessageText",
        params={**call.params, "message_id": where.message_id},
        edit_key=f"settings:{where.message_id}",
    )


def main_text(shown: SettingsShown, words: Words) -> list[Paragraph]:
    """How the chat is set up, in a few lines."""
    lines: list[Paragraph] = [
        (
            Run(words.say("Settings"), bold=True),
            plain(f" · {words.isolated(shown_title(shown.title, words))}"),
        )
    ]
    if not shown.may_post:
        lines += parse(
            words.say(
                "⚠️ I cannot post there yet: make me an administrator with the right to **post"
                " messages**."
            )
        )
    lines.append((plain(next_line(shown, words)),))
    lines.append((plain(matching_line(shown, words)),))
    return lines


def next_line(shown: SettingsShown, words: Words) -> str:
    """When the next case comes."""
    settings = shown.settings
    if settings.timetable is None and shown.kind == CHANNEL:
        return words.say("No schedule yet: cases come when an administrator sends one.")
    if settings.timetable is None:
        return words.say("No schedule yet: cases come when somebody sends /case.")
    if settings.paused:
        return words.say("The schedule is paused.")
    if not shown.due or not shown.coming:
        return words.say("The schedule brings no further case.")
    due = moment(shown.due[0], shown.now, settings, words)
    return words.say("Next case: {due} ({place} time).", due=due, place=label(settings.zone))


def matching_line(shown: SettingsShown, words: Words) -> str:
    """How many cases there are to choose from."""
    return words.count(
        "{n} case fits the topics and levels.",
        "{n} cases fit the topics and levels.",
        shown.cases,
    )


def main_page(shown: SettingsShown, where: SettingsMessage, words: Words) -> PageContent:
    """The first page: everything at a glance."""
    settings, buttons = shown.settings, where.buttons

    line = words.labelled
    timetable = timetable_line(settings.timetable, words)
    rows = [
        [buttons.go(line(words.say("Schedule"), timetable), Page.SCHEDULE)],
        [buttons.go(line(words.say("Time zone"), label(settings.zone)), Page.ZONE)],
        [
            buttons.go(
                line(words.say("Topics"), topics_named(settings.topics, words)), Page.TOPICS
            ),
            buttons.go(
                line(words.say("Levels"), levels_named(settings.levels, words)), Page.LEVELS
            ),
        ],
        [buttons.go(line(words.say("Layout"), layout_name(settings.layout, words)), Page.LAYOUT)],
        [buttons.go(line(words.say("Open for"), span(settings.open_for, words)), Page.OPEN)],
        [
            buttons.go(
                line(words.say("Results"), results_name(settings.results, words)), Page.RESULTS
            )
        ],
    ]
    if shown.kind != CHANNEL:
        rows += _group_rows(shown, where, words)
    if shown.open_now:
        number = words.say("Open questions: {n}", n=len(shown.open_now))
        rows.append([buttons.go(number, Page.OPEN_NOW)])
    if shown.latest:
        report = buttons.set(words.say("Report"), Field.REPORT, "")
        rows.append([buttons.go(words.say("Latest cases"), Page.LATEST), report])
    language = shown.languages.get(settings.language or "", "English")
    rows.append([buttons.go(line(words.say("Language"), language), Page.LANGUAGE)])
    rows.append([buttons.go(words.say("Done"), Page.DONE)])
    return main_text(shown, words), rows


def done_page(shown: SettingsShown, _desk: SettingsMessage, words: Words) -> PageContent:
    """The settings put away: without buttons."""
    return main_text(shown, words), ()


def members_may(settings: ChatSettings, words: Words) -> str:
    """Who brings cases with `/case`, and how many."""
    if not settings.members_may_post:
        return words.say("/case: administrators only")
    return words.count(
        "/case: each member {n} a day",
        "/case: each member {n} a day",
        settings.member_cases_a_day,
    )


def _group_rows(
    shown: SettingsShown, where: SettingsMessage, words: Words
) -> list[list[dict[str, str]]]:
    settings, buttons = shown.settings, where.buttons
    members = buttons.go(members_may(settings, words), Page.MEMBERS)
    board = words.say("Leaderboard"), Field.LEADERBOARD, settings.leaderboard
    digest = words.say("Weekly digest"), Field.DIGEST, settings.digest
    rows = [
        [members],
        [
            buttons.set(words.labelled(name, _on_or_off(words, on=on)), field, int(not on))
            for name, field, on in (board, digest)
        ],
    ]
    if settings.thread_id is not None:
        rows.append(
            [buttons.set(words.say("Cases go to one topic: let them go"), Field.THREAD, "any")]
        )
    elif where.is_forum and where.thread_id is not None:
        rows.append([buttons.set(words.say("Send cases to this topic"), Field.THREAD, "here")])
    return rows


def _on_or_off(words: Words, *, on: bool) -> str:
    return words.say("on") if on else words.say("off")
