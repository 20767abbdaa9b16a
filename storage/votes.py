"""What is to be known to judge many people's votes, read together: a hop for each is slow."""

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from msgspec import Struct

from storage.database import Database
from storage.held_back import in_live_round
from storage.marks import forgotten
from storage.people import Person
from storage.polls import OUTLIVED, KnownPoll, Question, earlier_waits
from storage.practice import BeforeVote
from storage.tallying import Tallies

PersonAndRevision = tuple[int, str]


class VoteContext(Struct, frozen=True):
    """What storage knows of a vote's poll and voter; either may be unknown.

    ``answered``: the voter's answer to this question of this post is on record; ``forgotten``: it
    counts, but the voter was forgotten since. ``earlier_waits``: a vote of theirs is parked that
    may be for the same question.
    """

    poll: KnownPoll | None
    voter: Person | None
    answered: bool
    forgotten: bool = False
    earlier_waits: bool = False
    before: BeforeVote = BeforeVote()


class Past(Struct, frozen=True):
    """Who has answered which wording before, in any chat, and how first answers to each fell."""

    answered: frozenset[PersonAndRevision]
    tallies: Mapping[str, Tallies]


_BALLOT = """
    SELECT p.snapshot, a.poll_id, a.post_id, a.chat_id, a.position, a.message_id,
           a.sent_at, {outlived}, c.level,
           coalesce(json_extract(f.document, '$.confidence'), 1) AS wants,
           p.purpose, p.variant, p.due_at IS NOT NULL AS daily,
           {in_round} AS in_round,
           v.id, v.language, v.telegram_language, v.blocked_at,
           EXISTS (
               SELECT 1 FROM answers g
               WHERE g.person_id = w.person AND g.post_id = a.post_id AND g.position = a.position
           ) AS answered,
           {forgotten} AS forgotten, {earlier_waits} AS earlier_waits
    FROM (
        SELECT key, json_extract(value, '$[0]') AS person, json_extract(value, '$[1]') AS poll
        FROM json_each(?)
    ) w
    LEFT JOIN people v ON v.id = w.person
    LEFT JOIN poll_attempts a ON a.poll_id = w.poll
    LEFT JOIN posts p ON p.id = a.post_id
    LEFT JOIN confidences c
        ON c.person_id = w.person AND c.post_id = a.post_id AND c.position = a.position
    LEFT JOIN preferences f ON f.person_id = w.person
    ORDER BY w.key
"""
_BALLOTS = _BALLOT.format(
    in_round=in_live_round("w.person", "p.case_id"),
    outlived=OUTLIVED,
    forgotten=forgotten("w.person", "a.post_id", "a.position"),
    earlier_waits=earlier_waits("e.person_id = w.person"),
)
_SNAPSHOTS = """
    SELECT digest, content FROM snapshots WHERE digest IN (SELECT value FROM json_each(?))
"""
_ANSWERED = """
    SELECT w.person, w.revision
    FROM (
        SELECT json_extract(value, '$[0]') AS person, json_extract(value, '$[1]') AS revision
        FROM json_each(?)
    ) w
    WHERE EXISTS (SELECT 1 FROM answers a WHERE a.person_id = w.person AND a.revision = w.revision)
"""
_TALLIES = """
    SELECT revision, choice, answers, shown FROM tallies
    WHERE revision IN (SELECT value FROM json_each(?))
"""


_KEPT = 128
"""Snapshots that stay at hand. They never change, and a crowd votes in few."""


class Votes:
    """Reads about many votes at once."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._snapshots: dict[str, str] = {}

    async def read(self, votes: Sequence[tuple[int, str]]) -> list[VoteContext]:
        """What is known of these votes (person id, poll id), in their order."""
        rows = await self._database.rows(_BALLOTS, (json.dumps(votes),))
        contents = await self._contents({row["snapshot"] for row in rows} - {None})
        contexts = []
        for row in rows:
            digest, poll_id, post_id, chat_id, position, message_id, sent_at, outlived, *more = row
            level, wants, purpose, variant, daily, in_round, *voter = more
            *voter, answered, again, waits = voter
            poll, before = None, BeforeVote()
            if poll_id is not None:
                question = Question(post_id, chat_id, position, contents[digest])
                poll = KnownPoll(question, message_id, sent_at, outlived)
                before = BeforeVote(
                    level, bool(wants), purpose, variant, bool(daily), bool(in_round)
                )
            person = None if voter[0] is None else Person(*voter)
            known = bool(answered), bool(again), bool(waits)
            contexts.append(VoteContext(poll, person, *known, before))
        return contexts

    async def _contents(self, digests: Collection[str]) -> Mapping[str, str]:
        """The snapshots' contents by digest: of each always the same string, until it is let go."""
        if missing := [digest for digest in digests if digest not in self._snapshots]:
            if len(self._snapshots) + len(missing) > _KEPT:
                self._snapshots = {}
                missing = list(digests)
            rows = await self._database.rows(_SNAPSHOTS, (json.dumps(missing),))
            self._snapshots |= {row["digest"]: row["content"] for row in rows}
        return self._snapshots

    async def past(self, wanted: Collection[PersonAndRevision]) -> Past:
        """What is on record about these people and wordings, and about all others' answers."""
        revisions = {revision for _, revision in wanted}
        again, fallen = await self._database.several(
            (_ANSWERED, (json.dumps(list(wanted)),)), (_TALLIES, (json.dumps(list(revisions)),))
        )
        answered = frozenset((row["person"], row["revision"]) for row in again)
        counts: defaultdict[str, list[Any]] = defaultdict(list)
        for row in fallen:
            counts[row["revision"]].append(row)
        return Past(answered, {one: Tallies.of(counts[one]) for one in revisions})
