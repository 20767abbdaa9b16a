"""What presses and written wishes do to a chat's settings, and which buttons there are."""

from collections.abc import Iterable
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.base.i18n import Languages, Words
from bot.features.settings.apply_change import Here, changed
from bot.features.settings.button_data import (
    SETTINGS,
    Change,
    Field,
    Page,
    SettingsPress,
    topic_key,
)
from bot.features.settings.choices import OPEN_CHOICES, layouts, places_for_results
from bot.features.settings.page_choice import page_after, page_content, page_named
from bot.features.settings.pages_view import TOPICS_ON_A_PAGE, which_zone_page
from bot.features.settings.schedule import WORKING_DAYS, changed_chat, due_times
from bot.features.settings.settings_view import (
    OpenQuestion,
    PageContent,
    SettingsMessage,
    SettingsShown,
)
from bot.features.settings.typed_settings import (
    NotUnderstood,
    WhichTopic,
    WhichZone,
    Wish,
    read_wish,
)
from bot.features.shared.chat_settings import ChatSettings, Explanation, Layout, Results
from bot.features.shared.question_buttons import QuestionRef
from bot.scheduling.timetable import EVERY_DAY, Timetable, Weekday
from bot.scheduling.zone_names import COMMON_ZONES
from bot.scheduling.zones import known_zones
from content.codes import case_code
from content.markup import to_html
from storage.chats import Chat
from tests.content.samples import case

MOST_SKIPPED = 10
LONGEST_OPEN_S = 2_592_000
SHORTEST_OPEN_S = 60
NOW = int(datetime(2026, 11, 22, 9, 0, tzinfo=UTC).timestamp() * 1000)  # a Sunday
GROUP, LEARNER = -1_009_999_999_999_999, 7_310_420_001  # as long as ids of chats get
LANGUAGES = Languages.load()
TOPICS = ("cardiology", "a-topic-of-fifty-characters-" + "x" * 22, *(f"t-{n}" for n in range(60)))
CASES = {
    f"case-{n}": case(
        id=f"case-{n}", title=f"Title {n}", topics=["cardiology", *(f"t-{n}" for n in range(60))]
    )
    for n in range(20)
}
OF_CHANGES = frozenset(Field) - {
    *(Field.GO, Field.POST, Field.QUEUE, Field.SHOW, Field.CLOSE, Field.REVEAL, Field.HAD),
    Field.REPORT,
}
"""What a press sets, and does not do."""


def here(kind: str) -> Here:
    """A place from which everything can be chosen that there is."""
    return Here(kind, TOPICS, tuple(LANGUAGES.words), thread_id=17, discussion_id=-5)


def starting(kind: str) -> ChatSettings:
    """A chat's settings when the bot has just come."""
    return ChatSettings(layout=layouts(kind)[0])


def shown(kind: str, chosen: ChatSettings) -> SettingsShown:
    """Settings with all that pages need."""
    return SettingsShown(
        "<b>A & title</b>",
        kind,
        chosen,
        NOW,
        len(CASES),
        ("case-1", "case-2", "case-1"),
        tuple(CASES),
        2,
        tuple(due_times(chosen, NOW, 10)),
        CASES,
        tuple((case_id, case.title) for case_id, case in CASES.items()),
        (
            OpenQuestion(QuestionRef(2**62, 0), "Open", 1, 2, NOW + 1, arrived=True),
            OpenQuestion(QuestionRef(2**62, 1), "On its way", 2, 2, NOW + 1, arrived=False),
            OpenQuestion(QuestionRef(2**62 + 1, 0), "Over", 1, 1, NOW, arrived=True),
        ),
        TOPICS,
        {code: words.name for code, words in LANGUAGES.words.items()},
        may_post=False,
    )


def where(*, private: bool) -> SettingsMessage:
    """A settings message in a topic of the group, or in private."""
    if private:
        return SettingsMessage(GROUP, LEARNER, 5)
    return SettingsMessage(GROUP, GROUP, 5, thread_id=17, is_forum=True)


def every_face(
    kind: str, chosen: ChatSettings, at: SettingsMessage, words: Words
) -> Iterable[PageContent]:
    """All pages there are."""
    view = shown(kind, chosen)
    parts = {Page.QUEUED: case_code("case-3"), Page.PICK: "q"}
    for page in Page:
        yield page_content(page, parts.get(page, ""), view, at, words)
    for purpose in ("n", f"q:{topic_key('cardiology')}:1", f"n:{topic_key('t-7')}:0"):
        yield page_content(Page.PICK, purpose, view, at, words)
    yield page_content(Page.POST, case_code("case-3"), view, at, words)
    for region in COMMON_ZONES:
        yield page_content(Page.ZONE, region.value, view, at, words)
    for number in range(4):
        yield page_content(Page.TOPICS, str(number), view, at, words)
    yield which_zone_page(sorted(known_zones(), key=len)[-20:], at, words)


def data_of(faces: Iterable[PageContent]) -> list[str]:
    """What the buttons of these pages send back."""
    return [button["callback_data"] for _, rows in faces for row in rows for button in row]


def assert_valid(chosen: ChatSettings, kind: str) -> None:
    """Settings that a chat can live with, and that survive being stored."""
    assert ChatSettings.from_json(chosen.to_json()) == chosen
    assert chosen.layout in layouts(kind)
    assert chosen.results in places_for_results(chosen, kind)
    assert chosen.results is not Results.DISCUSSION or chosen.discussion_id is not None
    assert chosen.layout is not Layout.ANONYMOUS or chosen.explanation is Explanation.AT_CLOSE
    assert SHORTEST_OPEN_S <= chosen.open_for <= LONGEST_OPEN_S
    assert 0 <= chosen.skipped <= MOST_SKIPPED
    assert chosen.zone in known_zones()
    assert chosen.timetable is not None or not (chosen.paused or chosen.skipped)
    assert chosen.timetable is None or chosen.timetable.zone == chosen.zone
    assert kind != "channel" or chosen.thread_id is None


KINDS = st.sampled_from(["group", "supergroup", "channel"])


@pytest.mark.parametrize("private", [True, False])
@pytest.mark.parametrize("language", LANGUAGES.words)
def test_no_command_loses_its_argument_when_it_is_tapped(language: str, private: bool) -> None:
    """A tap on a command sends it alone; what is to be written with more is copied as a whole."""
    at, words = where(private=private), LANGUAGES.words[language]
    faces = list(every_face("supergroup", starting("supergroup"), at, words))
    runs = [run for lines, _ in faces for line in lines for run in line]
    copied = {run.text for run in runs if run.code}
    assert {f"{at.command} zone Lima", f"{at.command} time 07:45"} <= copied
    assert [run for run in runs if at.command in run.text and not run.code] == []


@settings(max_examples=60, deadline=None)
@given(KINDS, st.booleans(), st.sampled_from(["en", "es"]), st.data())
def test_whatever_is_pressed_leaves_settings_that_work(
    kind: str, private: bool, language: str, data: st.DataObject
) -> None:
    """From page to page, each button is understood, fits Telegram, and leads to a valid state."""
    chosen, at, words = starting(kind), where(private=private), LANGUAGES.words[language]
    content = page_content(Page.MAIN, "", shown(kind, chosen), at, words)
    for _ in range(12):
        assert to_html(content[0])
        offered = data_of([content])
        if not offered:
            return
        picked = data.draw(st.sampled_from(offered))
        assert len(picked.encode()) <= 64
        press = SettingsPress.parse(picked)
        assert press is not None
        assert press.chat_id == (GROUP if private else None)
        if press.change.field is Field.GO:
            named = page_named(press.change.value)
            assert named is not None
            content = page_content(*named, shown(kind, chosen), at, words)
        elif press.change.field in OF_CHANGES:
            chosen = changed(chosen, press.change, here(kind))
            assert_valid(chosen, kind)
            # A second tap of the same button changes nothing more.
            assert changed(chosen, press.change, here(kind)) == chosen
            content = page_after(press.change, shown(kind, chosen), at, words)


@pytest.mark.parametrize("kind", ["group", "channel"])
@pytest.mark.parametrize("private", [False, True])
def test_every_button_of_every_page_fits_and_is_understood(kind: str, private: bool) -> None:
    """At most 64 bytes each, 100 a message, with the longest chat id, topic and zone."""
    everything = replace(
        starting(kind),
        timetable=Timetable(EVERY_DAY, 450, "UTC"),
        topics=frozenset(TOPICS[:3]),
        skipped=2,
    )
    for chosen in (starting(kind), everything):
        for language in LANGUAGES.words.values():
            faces = list(every_face(kind, chosen, where(private=private), language))
            assert max(len(data_of([content])) for content in faces) <= 100
            for data in set(data_of(faces)):
                assert len(data.encode()) <= 64
                press = SettingsPress.parse(data)
                assert press is not None
                if press.change.field is Field.GO:
                    assert page_named(press.change.value) is not None
                elif press.change.field in OF_CHANGES:
                    assert_valid(changed(chosen, press.change, here(kind)), kind)


@settings(deadline=None)
@given(KINDS, st.sampled_from(Field), st.text(max_size=20))
def test_made_up_presses_are_refused_or_harmless(kind: str, field: Field, value: str) -> None:
    """People can send any data: it is refused, or means something valid."""
    press = SettingsPress.parse(f"{SETTINGS}:{field}:{value}")
    assert press == SettingsPress(None, Change(field, value))
    try:
        chosen = changed(starting(kind), press.change, here(kind))
    except ValueError:
        return
    assert_valid(chosen, kind)


@given(st.text(max_size=64))
def test_any_data_can_be_read(data: str) -> None:
    """Data that is no button of ours is nothing, and never an error."""
    press = SettingsPress.parse(SETTINGS + data)
    assert press is None or press.change.field in Field


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (Field.LAYOUT, "anonymous"),
        (Field.OPEN, "59"),
        (Field.OPEN, "2592001"),
        (Field.HIDE, "2"),
        (Field.TOPIC, topic_key("unheard-of") + ":1"),
        (Field.LEVEL, "professor:1"),
        (Field.ZONE, "Europe/Atlantis"),
        (Field.DAY, "7:1"),
        (Field.DAYS, "some"),
        (Field.TIME, "1440"),
        (Field.SKIP, "-1"),
        (Field.RESULTS, "discussion"),
        (Field.LANGUAGE, "tlh"),
        (Field.GO, "main"),
    ],
)
def test_what_there_is_not_cannot_be_set(field: Field, value: str) -> None:
    """Old and made-up values are refused."""
    with pytest.raises(ValueError, match=r"."):
        changed(starting("group"), Change(field, value), replace(here("group"), discussion_id=None))


def test_what_does_not_go_together_is_let_go() -> None:
    """Polls cannot be edited, and what nobody is known to have answered is explained to all."""
    edited = ChatSettings(
        layout=Layout.BUTTONS, results=Results.EDIT, explanation=Explanation.PRIVATE
    )
    poll = changed(edited, Change(Field.LAYOUT, "anonymous"), here("channel"))
    assert (poll.results, poll.explanation) == (Results.REPLY, Explanation.AT_CLOSE)


def test_the_time_zone_is_the_schedule_s_too() -> None:
    """Days first or zone first: the schedule keeps to the chat's clock."""
    place = here("group")
    zoned = changed(starting("group"), Change(Field.ZONE, "America/Lima"), place)
    planned_ = changed(zoned, Change(Field.DAYS, "work"), place)
    assert planned_.timetable == Timetable(WORKING_DAYS, 450, "America/Lima")
    moved = changed(planned_, Change(Field.ZONE, "Asia/Tokyo"), place)
    assert moved.timetable == Timetable(WORKING_DAYS, 450, "Asia/Tokyo")


def test_a_time_alone_begins_a_schedule_on_working_days() -> None:
    """The days can be changed afterwards."""
    timed = changed(starting("group"), Change(Field.TIME, "420"), here("group"))
    assert timed.timetable == Timetable(WORKING_DAYS, 420, "UTC")


def test_without_days_there_is_no_schedule() -> None:
    """Nothing stays paused or skipped behind it."""
    resting = ChatSettings(
        timetable=Timetable(frozenset({Weekday.MONDAY}), 450, "UTC"), paused=True, skipped=3
    )
    assert changed(resting, Change(Field.DAY, "0:0"), here("group")) == ChatSettings()


@pytest.mark.parametrize(
    ("layout", "offered"),
    [
        (Layout.POLL, {Field.RESULTS, Field.HIDE, Field.EXPLANATION}),
        (Layout.BUTTONS, {Field.RESULTS, Field.HIDE, Field.EXPLANATION}),
        (Layout.ANONYMOUS, {Field.RESULTS, Field.HIDE}),
    ],
)
def test_only_what_matters_in_a_layout_is_offered(layout: Layout, offered: set[Field]) -> None:
    """Of anonymous votes nobody can be explained anything."""
    view = shown("channel", ChatSettings(layout=layout))
    content = page_content(Page.RESULTS, "", view, where(private=False), LANGUAGES.words["en"])
    presses = {SettingsPress.parse(data) for data in data_of([content])}
    fields = {press.change.field for press in presses if press is not None}
    assert fields - {Field.GO} == offered


def test_topics_turn_pages_and_stay_where_one_was_chosen() -> None:
    """A press on the last page of topics shows that page again."""
    last = max(TOPICS)
    change = Change(Field.TOPIC, f"{topic_key(last)}:1")
    chosen = changed(starting("group"), change, here("group"))
    _, rows = page_after(
        change, shown("group", chosen), where(private=False), LANGUAGES.words["en"]
    )
    labels = [button["text"] for row in rows for button in row]
    assert "✓ T 9" in labels
    assert len(TOPICS) > 2 * TOPICS_ON_A_PAGE
    assert labels.count("→") == 0


def chat(chosen: ChatSettings, next_due: int | None = None, digest: int | None = None) -> Chat:
    """A group's record."""
    return Chat(
        GROUP, "group", "Residents", chosen.to_json(), LEARNER, None, next_due, digest, None
    )


def at(day: int, hour: int = 0, minute: int = 0) -> int:
    """A UTC time of November 2026, in milliseconds."""
    return int(datetime(2026, 11, day, hour, minute, tzinfo=UTC).timestamp() * 1000)


def test_a_schedule_makes_the_next_case_due() -> None:
    """From the moment of the change; a pause leaves nothing due."""
    daily = ChatSettings(timetable=Timetable(EVERY_DAY, 450, "UTC"))
    assert changed_chat(chat(ChatSettings()), ChatSettings(), daily, NOW).next_due == at(23, 7, 30)
    paused = replace(daily, paused=True)
    assert changed_chat(chat(daily, at(23, 7, 30)), daily, paused, NOW).next_due is None
    assert changed_chat(chat(paused), paused, daily, NOW).next_due == at(23, 7, 30)


def test_what_is_due_already_is_not_lost_by_another_change() -> None:
    """A press in the moment before a due case goes out does not cancel it."""
    daily = ChatSettings(timetable=Timetable(EVERY_DAY, 450, "UTC"))
    quiet = replace(daily, leaderboard=True)
    assert changed_chat(chat(daily, NOW - 1), daily, quiet, NOW).next_due == NOW - 1


def test_the_digest_comes_on_monday_morning_in_the_chat_s_zone() -> None:
    """It moves with the zone, and goes when it is switched off."""
    off, on = ChatSettings(zone="Asia/Tokyo"), ChatSettings(zone="Asia/Tokyo", digest=True)
    assert changed_chat(chat(off), off, on, NOW).digest_due == at(22, 23)
    utc = replace(on, zone="UTC")
    assert changed_chat(chat(on, None, at(22, 23)), on, utc, NOW).digest_due == at(23, 8)
    assert changed_chat(chat(on, None, at(22, 23)), on, off, NOW).digest_due is None


def test_the_preview_leaves_out_what_is_skipped() -> None:
    """The times after the skipped dates; none while it is paused."""
    skipping = ChatSettings(timetable=Timetable(EVERY_DAY, 450, "UTC"), skipped=2)
    assert due_times(skipping, NOW, 5) == [at(day, 7, 30) for day in range(25, 30)]
    assert due_times(replace(skipping, paused=True), NOW, 5) == []


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("time 07:30", Change(Field.TIME, "450")),
        ("TIME 7:30 pm", Change(Field.TIME, "1170")),
        ("zone europe/berlin", Change(Field.ZONE, "Europe/Berlin")),
        ("zone UTC+5", Change(Field.ZONE, "Etc/GMT-5")),
        ("zone est", WhichZone(("America/New_York", "America/Panama"))),
        ("zone atlantis on the sea", WhichZone(())),
        ("from 2026-12-01", Change(Field.START, "2026-12-01")),
        ("until off", Change(Field.END, "")),
        ("until 2026-02-30", NotUnderstood()),
        ("from tomorrow", NotUnderstood()),
        ("from 1026-12-01", NotUnderstood()),
        ("time 25:00", NotUnderstood()),
        ("time", NotUnderstood()),
        ("7:30", NotUnderstood()),
        ("pause", Change(Field.PAUSED, "1")),
        ("Resume", Change(Field.PAUSED, "0")),
        ("pause now", NotUnderstood()),
        ("skip", Change(Field.SKIP, "3")),
        ("skip 5", Change(Field.SKIP, "5")),
        ("skip none", Change(Field.SKIP, "0")),
        ("skip 11", NotUnderstood()),
        ("skip lunch", NotUnderstood()),
        ("topics Cardiology, t 7", Change(Field.TOPICS, "cardiology,t-7")),
        ("topic all", Change(Field.TOPICS, "")),
        ("topics astrology", WhichTopic()),
        ("topics", WhichTopic()),
        ("level students, fellow", Change(Field.LEVELS, "fellow,student")),
        ("level all", Change(Field.LEVELS, "")),
        ("level professor", NotUnderstood()),
        ("open 1 minute", Change(Field.OPEN, "60")),
        ("open 10", Change(Field.OPEN, "600")),
        ("open 2h", Change(Field.OPEN, "7200")),
        ("open 3 days", Change(Field.OPEN, "259200")),
        ("open 0 min", NotUnderstood()),
        ("open 31 days", NotUnderstood()),
        ("open", NotUnderstood()),
        ("close", Change(Field.CLOSE, "")),
        ("reveal", Change(Field.REVEAL, "")),
        ("", NotUnderstood()),
    ],
)
def test_wishes_in_words(text: str, wish: object) -> None:
    """What can stand after `/settings`."""
    assert read_wish(text, 2, TOPICS) == wish


@given(st.text(max_size=40))
def test_any_words_can_be_read(text: str) -> None:
    """Whatever is written, the answer is a change, a question, or that it is unclear."""
    for word in ("time ", "zone ", "from ", "until ", "skip ", "topics ", "level ", "open ", ""):
        assert isinstance(read_wish(word + text, 0, TOPICS), Wish)


def test_dates_that_cross_are_refused() -> None:
    """A schedule cannot end before it begins."""
    begun = ChatSettings(timetable=Timetable(EVERY_DAY, 450, "UTC", start=date(2026, 12, 1)))
    with pytest.raises(ValueError, match="before it starts"):
        changed(begun, Change(Field.END, "2026-11-30"), here("group"))


def test_the_usual_times_are_all_allowed() -> None:
    """Every preset lies between the shortest and the longest that Telegram and we take."""
    assert all(SHORTEST_OPEN_S <= seconds <= LONGEST_OPEN_S for seconds in OPEN_CHOICES)
