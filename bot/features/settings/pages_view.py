"""The pages of a settings message on which one thing is chosen."""

from collections.abc import Iterable
from typing import Final

from bot.base.i18n import Words
from bot.features.posts.chat_night import night
from bot.features.settings.button_data import Field, Page, topic_key
from bot.features.settings.choices import MEMBER_CASES, OPEN_CHOICES, layouts, places_for_results
from bot.features.settings.names_view import (
    chat_time,
    explanation_name,
    layout_name,
    results_name,
    span,
)
from bot.features.settings.settings_view import PageContent, SettingsMessage, SettingsShown
from bot.features.shared.case_names import level_name, topic_name
from bot.features.shared.chat_settings import CHANNEL, Explanation, Layout
from bot.features.shared.messages import Button, in_rows, list_page
from bot.features.shared.texts import clock
from bot.features.shared.zone_buttons import region_buttons, zone_buttons
from bot.scheduling.zone_names import COMMON_ZONES, Region
from bot.scheduling.zones import label
from content.markup import parse, plain
from content.model import Level

TOPICS_ON_A_PAGE: Final = 24


def layout_page(shown: SettingsShown, where: SettingsMessage, words: Words) -> PageContent:
    """How questions stand in the chat."""
    chosen = shown.settings.layout
    rows = [
        [_choice(where, layout_name(one, words), Field.LAYOUT, one, on=one is chosen)]
        for one in layouts(shown.kind)
    ]
    if shown.kind == CHANNEL:
        sentence = words.say(
            "**Layout.** On buttons each vote is kept and gets its verdict at once, seen by that"
            " reader alone. Of an anonymous poll only totals are kept."
        )
    else:
        sentence = words.say(
            "**Layout.** Under a poll everybody sees who voted. Buttons show nobody how anybody"
            " voted, and each voter gets the verdict at once."
        )
    return list(parse(sentence)), [*rows, _back(where, words)]


def open_page(shown: SettingsShown, where: SettingsMessage, words: Words) -> PageContent:
    """How long a question takes answers."""
    chosen = shown.settings.open_for
    choices = [
        _choice(where, span(one, words), Field.OPEN, one, on=one == chosen) for one in OPEN_CHOICES
    ]
    lines = list(
        parse(words.say("**Open for:** after that a question closes, and its results come."))
    )
    hours = night(shown.settings)
    if hours is not None:
        lines += parse(
            words.say(
                "No next question of a case comes between {start} and {end}: the one before it"
                " stays open until the morning. For less than an hour this does not hold.",
                start=clock(hours.start),
                end=clock(hours.end),
            )
        )
    return lines, [*in_rows(choices, 3), _back(where, words)]


def members_page(shown: SettingsShown, where: SettingsMessage, words: Words) -> PageContent:
    """How many cases each member may ask for."""
    settings = shown.settings
    chosen = settings.member_cases_a_day if settings.members_may_post else 0
    only, *numbers = MEMBER_CASES
    choices = [
        _choice(where, str(one), Field.CASES_A_DAY, one, on=one == chosen) for one in numbers
    ]
    name = words.say("Administrators alone")
    alone = _choice(where, name, Field.CASES_A_DAY, only, on=only == chosen)
    sentence = words.say(
        "**Cases that each member may bring a day** with /case, while none is open."
        " Administrators always may."
    )
    return list(parse(sentence)), [*in_rows(choices, 3), [alone], _back(where, words)]


def results_page(shown: SettingsShown, where: SettingsMessage, words: Words) -> PageContent:
    """What becomes of results and explanation."""
    settings, buttons = shown.settings, where.buttons
    rows = [
        [_choice(where, results_name(one, words), Field.RESULTS, one, on=one is settings.results)]
        for one in places_for_results(settings, shown.kind)
    ]
    hidden = settings.hide_results
    so_far = words.say("Votes so far: hidden") if hidden else words.say("Votes so far: shown")
    rows.append([buttons.set(so_far, Field.HIDE, int(not hidden))])
    if settings.layout is not Layout.ANONYMOUS:
        at_close = settings.explanation is Explanation.AT_CLOSE
        other = Explanation.PRIVATE if at_close else Explanation.AT_CLOSE
        name = explanation_name(settings.explanation, words)
        explanation = words.say("Explanation: {when}", when=name)
        rows.append([buttons.set(explanation, Field.EXPLANATION, other)])
    sentence = words.say("**Results** come when a question closes.")
    if settings.layout is not Layout.ANONYMOUS:
        sentence += " " + words.say("Whoever has answered can read the explanation at once.")
    return list(parse(sentence)), [*rows, _back(where, words)]


def topics_page(
    shown: SettingsShown, where: SettingsMessage, words: Words, page: int
) -> PageContent:
    """On which topics cases come; ``page`` counts from 0."""
    chosen = shown.settings.topics
    topics = sorted({*shown.topics, *chosen})
    there = list_page(topics, page, TOPICS_ON_A_PAGE)
    choices = [
        _switch(where, topic_name(one, words), Field.TOPIC, topic_key(one), on=one in chosen)
        for one in there.items
    ]
    turn = there.turning(lambda sign, to: where.buttons.go(sign, Page.TOPICS, to), "←→")
    every = _choice(where, words.say("All topics"), Field.TOPIC, "", on=not chosen)
    sentence = words.say("**Topics.** Cases on any of those chosen come; all, where none is.")
    rows = [*in_rows(choices, 2), *turn, [every], _back(where, words)]
    return list(parse(sentence)), rows


def page_of_topic(shown: SettingsShown, key: str) -> int:
    """The page on which a topic stands."""
    keys = [topic_key(topic) for topic in sorted({*shown.topics, *shown.settings.topics})]
    return keys.index(key) // TOPICS_ON_A_PAGE if key in keys else 0


def levels_page(shown: SettingsShown, where: SettingsMessage, words: Words) -> PageContent:
    """For whom cases are written."""
    chosen = shown.settings.levels
    rows = [
        [_switch(where, level_name(one, words), Field.LEVEL, one.value, on=one in chosen)]
        for one in Level
    ]
    every = _choice(where, words.say("All levels"), Field.LEVEL, "", on=not chosen)
    sentence = words.say("**Levels:** whom the cases are written for.")
    return list(parse(sentence)), [*rows, [every], _back(where, words)]


def zone_page(shown: SettingsShown, where: SettingsMessage, words: Words, part: str) -> PageContent:
    """Whose clocks the schedule follows; ``part`` is a region, or nothing."""
    region = next((one for one in Region if one.value == part), None)
    zone = shown.settings.zone
    now = words.say(
        "The chat goes by {place}; it is {now} there.",
        place=label(zone),
        now=chat_time(shown.now, shown.settings, words),
    )
    sentence = words.say("**Time zone.** Choose a part of the world, then a city.")
    typed = (plain(words.say("Or write a city:") + "\n"), where.to_write("zone Lima"))
    rows = region_buttons(
        lambda one: where.buttons.data(Field.GO, f"{Page.ZONE}:{one.value}"), words
    )
    if region is not None:
        rows = [*zones(COMMON_ZONES[region], where), *rows]
    return [*parse(sentence), (plain(now),), typed], [*rows, _back(where, words)]


def which_zone_page(found: Iterable[str], where: SettingsMessage, words: Words) -> PageContent:
    """What was written means no zone, or more than one."""
    choices = zones(found, where)
    if choices:
        sentence = words.say("**Which one do you mean?**")
    else:
        sentence = words.say("I know no time zone by that name. Write the nearest large city.")
    return list(parse(sentence)), [*choices, _back(where, words)]


def zones(names: Iterable[str], where: SettingsMessage) -> list[list[Button]]:
    """Zones as buttons."""
    return zone_buttons(names, lambda name: where.buttons.data(Field.ZONE, name))


def language_page(shown: SettingsShown, where: SettingsMessage, words: Words) -> PageContent:
    """The language of the bot's words in the chat."""
    chosen = shown.settings.language or "en"
    choices = [
        _choice(where, name, Field.LANGUAGE, code, on=code == chosen)
        for code, name in shown.languages.items()
    ]
    sentence = words.say(
        "**Which language shall I speak here?** Cases stay as their authors wrote them."
    )
    return list(parse(sentence)), [*in_rows(choices, 2), _back(where, words)]


def _choice(where: SettingsMessage, label: str, field: Field, value: object, *, on: bool) -> Button:
    """One of several of which one holds."""
    return where.buttons.set(f"✓ {label}" if on else label, field, value)


def _switch(where: SettingsMessage, label: str, field: Field, key: str, *, on: bool) -> Button:
    """One of several of which any may hold."""
    return where.buttons.set(f"✓ {label}" if on else label, field, f"{key}:{int(not on)}")


def _back(where: SettingsMessage, words: Words) -> list[Button]:
    return [where.buttons.go(words.say("← Back"), Page.MAIN)]
