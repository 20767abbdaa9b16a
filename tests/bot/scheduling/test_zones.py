"""Finding the time zone that a person means."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.scheduling.zone_names import BY_PART_OF_HOUR, BY_WORDS, COMMON_ZONES, Region
from bot.scheduling.zones import (
    MOST_SUGGESTIONS,
    Fixed,
    Found,
    NoFixedZone,
    NotFound,
    SeveralZones,
    find_zone,
    known_zones,
    label,
    words,
    zone_named,
)
from tests.support.growth import grows_as_its_length


@given(st.sampled_from(sorted(known_zones() - {"EST", "MST", "GMT+0", "GMT-0"})))
def test_every_name_is_found_in_any_case(name: str) -> None:
    """The exact name is a zone's own, however it is capitalised."""
    assert [Found(name)] * 3 == [find_zone(name), find_zone(name.upper()), find_zone(name.lower())]


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("Berlin", "Europe/Berlin"),
        ("new york", "America/New_York"),
        ("New_York", "America/New_York"),
        ("America/New York", "America/New_York"),
        ("São Paulo", "America/Sao_Paulo"),
        ("St. John's", "America/St_Johns"),
        ("port au prince", "America/Port-au-Prince"),
        ("Buenos Aires", "America/Argentina/Buenos_Aires"),
        ("Istanbul", "Europe/Istanbul"),
        ("Berlin, Germany", "Europe/Berlin"),
        ("mumbai", "Asia/Kolkata"),
        ("Nueva York", "America/New_York"),
        ("germany", "Europe/Berlin"),
        ("JST", "Asia/Tokyo"),
        ("utc", "UTC"),
    ],
)
def test_a_place_is_found_as_people_write_it(text: str, zone: str) -> None:
    """Cities with and without accents, signs and countries; other cities of a zone."""
    assert Found(zone) == find_zone(text)


@pytest.mark.parametrize(
    ("text", "zones"),
    [
        ("EST", ("America/New_York", "America/Panama")),
        ("ist", ("Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem")),
        ("Eastern", ("Canada/Eastern", "US/Eastern")),
        ("Petersburg", ("Europe/Moscow", "America/Indiana/Petersburg")),
    ],
)
def test_what_fits_more_than_one_is_for_the_person_to_choose(
    text: str, zones: tuple[str, ...]
) -> None:
    """An abbreviation or a name of several places is not guessed at."""
    assert SeveralZones(zones) == find_zone(text)


@pytest.mark.parametrize(
    "text", ["UTC+5", "utc +5", "GMT+05", "+5", "UTC+05:00", "+0500", "UTC + 5", "+5h"]
)
def test_whole_hours_from_utc_are_a_fixed_zone(text: str) -> None:
    """East is positive, as people write it, though the zone's name has it the other way."""
    assert Fixed("Etc/GMT-5") == find_zone(text)


@given(st.integers(-12, 14))
def test_a_fixed_zone_is_as_far_from_utc_as_was_written(hours: int) -> None:
    """In winter and in summer."""
    found = find_zone(f"UTC{hours:+d}")
    assert isinstance(found, Fixed)
    days = (datetime(2026, month, 1, tzinfo=UTC) for month in (1, 7))
    offsets = {day.astimezone(ZoneInfo(found.zone)).utcoffset() for day in days}
    assert {timedelta(hours=hours)} == offsets


@pytest.mark.parametrize(
    ("text", "offset", "zones"),
    [
        ("UTC+5:30", 330, ("Asia/Kolkata", "Asia/Colombo")),
        ("GMT-03:30", -210, ("America/St_Johns",)),
        ("utc\N{MINUS SIGN}9:30", -570, ("Pacific/Marquesas",)),
        ("+0007", 7, ()),
        ("UTC+15", 900, ()),
        ("UTC-13", -780, ()),
    ],
)
def test_other_offsets_are_refused_with_the_places_that_have_them(
    text: str, offset: int, zones: tuple[str, ...]
) -> None:
    """No zone stands always at such an offset; a place there is what is needed."""
    assert NoFixedZone(offset, zones) == find_zone(text)


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("Berln", "Europe/Berlin"),
        ("Los Angelos", "America/Los_Angeles"),
        ("Europe/Berlim", "Europe/Berlin"),
        ("München", "Europe/Berlin"),
        ("Johanesburg", "Africa/Johannesburg"),
    ],
)
def test_a_near_miss_gets_suggestions(text: str, zone: str) -> None:
    """The nearest name comes first."""
    found = find_zone(text)
    assert isinstance(found, NotFound)
    assert zone == found.suggestions[0]


@pytest.mark.parametrize("text", ["", " ", "xyzzy", "/", "localtime", "🙂", "../../etc/passwd"])
def test_what_is_nowhere_is_not_found(text: str) -> None:
    """There is no suggestion where nothing is near, and no zone of the machine's own."""
    assert NotFound(()) == find_zone(text)


@given(st.text(max_size=30) | st.text("utcgmt+-0123456789: ", max_size=12))
def test_any_text_gives_known_zones_or_a_refusal(text: str) -> None:
    """Never an exception; whatever zone comes can be used; suggestions are few."""
    match find_zone(text):
        case Found(zone) | Fixed(zone):
            named = (zone,)
        case SeveralZones(named) | NoFixedZone(_, named):
            pass
        case NotFound(named):
            assert len(named) <= MOST_SUGGESTIONS
    assert set(named) <= known_zones()


@pytest.mark.parametrize("unit", ["america ", "a b c ", "x"])
def test_a_long_text_takes_time_as_its_length(unit: str) -> None:
    """Far longer texts than a message can hold are looked at, and are no zone."""

    def look(length: int) -> None:
        assert isinstance(find_zone((unit * length)[:length]), NotFound)

    assert grows_as_its_length(look, 4 * 4096)


def test_the_tables_name_zones_that_exist() -> None:
    """Every zone in them is known, every word is in the form in which words are looked up."""
    tables = [*BY_WORDS.values(), *BY_PART_OF_HOUR.values(), *COMMON_ZONES.values()]
    assert set() == {zone for zones in tables for zone in zones} - known_zones()
    assert list(BY_WORDS) == [words(key) for key in BY_WORDS]
    assert set(Region) == set(COMMON_ZONES)


@pytest.mark.parametrize("offset", BY_PART_OF_HOUR)
def test_the_places_by_part_of_an_hour_are_there(offset: int) -> None:
    """At some time of the year each of them has the offset under which it stands."""
    for zone in BY_PART_OF_HOUR[offset]:
        days = (datetime(2026, month, 1, tzinfo=UTC) for month in range(1, 13))
        assert timedelta(minutes=offset) in {
            day.astimezone(ZoneInfo(zone)).utcoffset() for day in days
        }


@pytest.mark.parametrize(
    ("zone", "text"),
    [
        ("America/New_York", "New York"),
        ("America/Argentina/Buenos_Aires", "Buenos Aires"),
        ("Etc/GMT-5", "UTC+5"),
        ("Etc/GMT+12", "UTC-12"),
        ("Etc/UTC", "UTC"),
        ("UTC", "UTC"),
        ("Japan", "Japan"),
    ],
)
def test_a_zone_is_shown_by_its_place(zone: str, text: str) -> None:
    """On a button there is room for the city, and an offset is signed as people sign it."""
    assert text == label(zone)


@pytest.mark.parametrize("name", ["", "europe/berlin", "Europe", "localtime", "/etc/localtime"])
def test_only_a_zone_s_exact_name_opens_it(name: str) -> None:
    """No path, no directory, and nothing that differs from machine to machine."""
    with pytest.raises(ValueError, match="there is no time zone"):
        zone_named(name)
