"""The presenter's panel brought up to date: at each press, and while votes come in."""

from typing import Final

from msgspec.structs import replace

from bot.base.i18n import Words
from bot.base.listen_address import LIVE as SCREENS
from bot.features.live import panel_view as views
from bot.features.live.panel_view import Panel
from bot.features.live.screen import round_shown
from bot.features.shared.messages import edited
from bot.features.shared.visitors import words_of
from bot.services import Services
from storage.live_facts import PANEL_EVERY_MS, PanelShown
from storage.live_rounds import WARNED_MS, LiveRound
from storage.outcome import Outcome, OwedCall

ASKED_FOR_MS: Final = 30_000
"""How long a question stands in place of the panel, though its count changes: ms."""


async def panel_of(services: Services, live: LiveRound, more_owed: int = 0) -> Panel:
    """What the panel of a round shows; ``more_owed`` calls to phones come with this commit."""
    owed = await services.store.live_rounds.to_be_told(live.post_id)
    shown = await round_shown(services, live)
    quiet_ms = services.clock.now() - live.heard_at
    screen = screen_address(services, live.token)
    return Panel(shown, screen, owed + more_owed, ends_soon=quiet_ms >= WARNED_MS)


def screen_address(services: Services, token: str) -> str | None:
    """Where a browser finds a round's screen; None where no address is set."""
    base = services.settings.public_url
    return None if base is None else f"{base.rstrip('/')}{SCREENS}/{token}"


def next_look(services: Services, live: LiveRound, shown: Panel) -> PanelShown:
    """The panel is up to date. While phones are told, it is to be looked at again soon; else once
    it has to say that the round ends by itself.
    """
    due = None if shown.ends_soon else live.heard_at + WARNED_MS
    if shown.owed:
        due = services.clock.now() + PANEL_EVERY_MS
    return PanelShown(live.id, None if live.is_over else due)


def asked_there(services: Services, live: LiveRound) -> PanelShown:
    """A question stands in the panel's place: votes that come in do not take it from there."""
    return PanelShown(live.id, services.clock.now() + ASKED_FOR_MS)


async def show_panel(services: Services, live: LiveRound) -> Outcome:
    """The panel in place of what it shows, as many people have voted since."""
    shown = await panel_of(services, live)
    looked = Outcome((next_look(services, live, shown),))
    if live.presenter is None:
        return looked
    if live.panel_message is None:
        # What it says is older than what it is to show once it was sent.
        return Outcome((PanelShown(live.id, services.clock.now() + PANEL_EVERY_MS),))
    words = await words_of(services, live.presenter)
    call = edited(views.panel(live.presenter, shown, words), live.panel_message)
    return looked + Outcome(owed=(call,))


def new_panel(person_id: int, shown: Panel, words: Words) -> OwedCall:
    """The panel as a message of its own, which is the one that is brought up to date from now."""
    return replace(views.panel(person_id, shown, words), panel=shown.shown.round.id)
