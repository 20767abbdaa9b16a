"""Reviewers of cases, made before a bot starts."""

import sqlite3
from contextlib import closing
from pathlib import Path

from bot.settings import Settings
from storage.ledger import Entry
from storage.outcome import Outcome
from storage.role_facts import RoleAccepted, RoleLinkMade
from storage.roles import REVIEWER
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


def end_role(path: Path, person_id: int) -> None:
    """An administrator takes it from somebody, while the bot is at work."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DELETE FROM roles WHERE person_id = ?", (person_id,))
        connection.commit()


def published_by(path: Path, case_id: str, person_id: int) -> None:
    """This person wrote that case in the chat."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(
            """
            INSERT INTO published_cases (case_id, person_id, digest, path, published_at)
            VALUES (?, ?, 'digest', 'a.yaml', 1)
            """,
            (case_id, person_id),
        )
        connection.commit()
