"""An educator begins a live round: its code, its screen, and the order of its choices, for good."""

import json
import secrets
from typing import Final

from bot.features.cases.private_post import figures_to_keep
from bot.features.live import panel_view as views
from bot.features.live.presenter_panel import new_panel, next_look, panel_of
from bot.features.shared.question_buttons import button_order
from bot.features.shared.visitors import Visit
from bot.services import Services
from content.model import Case
from storage.case_facts import CasePosted, SnapshotTaken
from storage.live_facts import RoundOpened
from storage.live_rounds import GATHERING, LiveRound
from storage.outcome import Outcome

ALPHABET: Final = "ACDEFGHJKMNPQRTUVWXY34679"
"""Of codes that are read off a wall: without 0, 1, 2, 5, 8 and the letters that look like them."""
CODE_LENGTH: Final = 6


async def begin_round(services: Services, who: Visit, case: Case) -> Outcome:
    """The round, the QR code of its link, and its panel."""
    now = services.clock.now()
    snapshot, post_id = services.library.snapshot(case), services.post_ids.new(now)
    live = LiveRound(
        id=services.round_ids.new(now),
        code=await _free_code(services),
        token=secrets.token_urlsafe(24),
        presenter=who.person_id,
        language=who.words.code,
        post_id=post_id,
        choice_orders=tuple(button_order(question, post_id) for question in case.questions),
        state=GATHERING,
        position=0,
        ballot=1,
        votes_shown=False,
        since=now,
        heard_at=now,
        panel_message=None,
        ended_at=None,
        content=snapshot.to_json(),
    )
    orders = json.dumps(live.choice_orders)
    shown = await panel_of(services, live)
    facts = (
        who.met,
        SnapshotTaken(snapshot.digest, live.content, now),
        *await figures_to_keep(services, snapshot),
        CasePosted(post_id, None, None, case.id, snapshot.digest, now, purpose="live"),
        RoundOpened(
            live.id, live.code, live.token, who.person_id, live.language, post_id, orders, now
        ),
        next_look(services, live, shown),
    )
    code = views.qr_code(who.person_id, shown, who.words)
    return Outcome(facts, (code, new_panel(who.person_id, shown, who.words)))


async def _free_code(services: Services) -> str:
    """One by which nobody joins another round now."""
    while True:
        code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
        if await services.store.live_rounds.of_code(code) is None:
            return code
