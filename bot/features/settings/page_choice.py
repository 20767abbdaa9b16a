"""Which page of a settings message to show."""

from typing import Final

from bot.base.i18n import Words
from bot.features.settings import pages_view as pages
from bot.features.settings import schedule_view as schedule
from bot.features.settings.button_data import Change, Field, Page
from bot.features.settings.settings_view import Desk, Face, Shown, done_face, main_face

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
}
_BY_PAGE: Final = {
    Page.MAIN: main_face,
    Page.LAYOUT: pages.layout_face,
    Page.OPEN: pages.open_face,
    Page.RESULTS: pages.results_face,
    Page.LEVELS: pages.levels_face,
    Page.LANGUAGE: pages.language_face,
    Page.DONE: done_face,
    Page.SCHEDULE: schedule.schedule_face,
    Page.HOUR: schedule.hour_face,
    Page.MINUTE: schedule.minute_face,
    Page.PREVIEW: schedule.preview_face,
    Page.POST: schedule.post_face,
}


def page_named(value: str) -> tuple[Page, str] | None:
    """The page that a button leads to, and the part of it; None for a page that is no more."""
    name, _, part = value.partition(":")
    page = next((page for page in Page if page.value == name), None)
    return None if page is None else (page, part)


def face_of(page: Page, part: str, shown: Shown, desk: Desk, words: Words) -> Face:
    """A page of the settings; ``part`` is a region, or the number of a page of topics."""
    if page is Page.ZONE:
        return pages.zone_face(shown, desk, words, part)
    if page is Page.TOPICS:
        number = int(part) if part.isascii() and part.isdigit() and len(part) < 4 else 0
        return pages.topics_face(shown, desk, words, number)
    return _BY_PAGE[page](shown, desk, words)


def face_after(change: Change, shown: Shown, desk: Desk, words: Words) -> Face:
    """The page to show when something was set: where the next press is likely."""
    if change.field is Field.TOPIC:
        key = change.value.partition(":")[0]
        return pages.topics_face(shown, desk, words, pages.page_of_topic(shown, key))
    return face_of(_AFTER.get(change.field, Page.MAIN), "", shown, desk, words)
