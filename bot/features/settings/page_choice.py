"""Which page of a settings message to show."""

from typing import Final

from bot.base.i18n import Words
from bot.features.settings import pages_view as pages
from bot.features.settings import questions_view as questions
from bot.features.settings import queue_view as queue
from bot.features.settings import schedule_view as schedule
from bot.features.settings.button_data import Change, Field, Page
from bot.features.settings.settings_view import (
    PageContent,
    SettingsMessage,
    SettingsShown,
    done_page,
    main_page,
)

_AFTER: Final = {
    Field.EXPLANATION: Page.RESULTS,
    Field.RESULTS: Page.RESULTS,
    Field.HIDE: Page.RESULTS,
    Field.LEVEL: Page.LEVELS,
    Field.DAY: Page.SCHEDULE,
    Field.DAYS: Page.SCHEDULE,
    Field.TIME: Page.SCHEDULE,
    Field.START: Page.SCHEDULE,
    Field.END: Page.SCHEDULE,
    Field.PAUSED: Page.SCHEDULE,
    Field.SKIP: Page.SCHEDULE,
    Field.POST: Page.SCHEDULE,
    Field.LEVELS: Page.LEVELS,
    Field.TOPICS: Page.TOPICS,
}
_BY_PAGE: Final = {
    Page.MAIN: main_page,
    Page.LAYOUT: pages.layout_page,
    Page.OPEN: pages.open_page,
    Page.RESULTS: pages.results_page,
    Page.MEMBERS: pages.members_page,
    Page.LEVELS: pages.levels_page,
    Page.LANGUAGE: pages.language_page,
    Page.DONE: done_page,
    Page.SCHEDULE: schedule.schedule_page,
    Page.HOUR: schedule.hour_page,
    Page.MINUTE: schedule.minute_page,
    Page.QUEUE: queue.queue_page,
    Page.OPEN_NOW: questions.open_now_page,
    Page.LATEST: questions.latest_page,
}


_OF_CASES: Final = {
    Page.QUEUED: queue.queued_page,
    Page.PICK: queue.pick_page,
    Page.POST: queue.post_page,
}


def page_named(value: str) -> tuple[Page, str] | None:
    """The page that a button leads to, and the part of it; None for a page that is no more."""
    name, _, part = value.partition(":")
    page = next((page for page in Page if page.value == name), None)
    return None if page is None else (page, part)


def page_content(
    page: Page, part: str, shown: SettingsShown, where: SettingsMessage, words: Words
) -> PageContent:
    """A page of the settings; ``part`` is a region, a case, or the number of a page of topics."""
    if page in _OF_CASES:
        return _OF_CASES[page](shown, where, words, part)
    if page is Page.ZONE:
        return pages.zone_page(shown, where, words, part)
    if page is Page.TOPICS:
        number = int(part) if part.isascii() and part.isdigit() and len(part) < 4 else 0
        return pages.topics_page(shown, where, words, number)
    return _BY_PAGE[page](shown, where, words)


def page_after(
    change: Change, shown: SettingsShown, where: SettingsMessage, words: Words
) -> PageContent:
    """The page to show when something was set: where the next press is likely."""
    if change.field is Field.TOPIC:
        key = change.value.partition(":")[0]
        return pages.topics_page(shown, where, words, pages.page_of_topic(shown, key))
    return page_content(_AFTER.get(change.field, Page.MAIN), "", shown, where, words)
