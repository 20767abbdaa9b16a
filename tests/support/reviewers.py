"""Reviewers of cases, made before a bot starts."""

import asyncio
from pathlib import Path

from bot.settings import Settings
from storage.ledger import Entry
from storage.outcome import Outcome
from storage.role_facts import RoleAccepted, RoleLinkMade
from storage.roles import REVIEWER
from tests.support.database import meddle
from tests.support.new_store import new_store
from tests.support.sandbox import Person

_ROOT = 9


async def make_reviewers(settings: Settings, **named: Person) -> None:
    """A new database in which each of these people is a reviewer; underscores become spaces."""
    now = settings.clock.now()
    store = await new_store(settings.database, now)
    for name, person in named.items():
        public_name, token = name.replace("_", " "), f"token of {person.id}"
        made = RoleLinkMade(token, REVIEWER, _ROOT, "Root", now, now + 1)
        accepted = RoleAccepted(token, person.id, "somebody", None, public_name, now)
        await store.ledger.commit([Entry(Outcome((made,)))], now)
        await store.ledger.commit([Entry(Outcome((accepted,)))], now)
    await store.close()


async def end_role(path: Path, person_id: int) -> None:
    """An administrator takes it from somebody, while the bot is at work."""
    await asyncio.to_thread(meddle, path, f"DELETE FROM roles WHERE person_id = {person_id}")


async def published_by(path: Path, case_id: str, person_id: int) -> None:
    """This person wrote that case in the chat."""
    values = f"('{case_id}', {person_id}, 'digest', 'a.yaml', 1)"
    columns = "(case_id, person_id, digest, path, published_at)"
    insert = f"INSERT INTO published_cases {columns} VALUES {values}"
    await asyncio.to_thread(meddle, path, insert)
