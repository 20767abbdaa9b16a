"""What happens in live rounds, as values. See ``storage.facts``.

What a step leaves from is looked at again as it is written: of two presses one wins, and what comes
too late changes nothing.
"""

from storage.facts import Fact

PANEL_EVERY_MS = 2000
"""A panel is brought up to date no more often, however many vote: ms."""


class RoundFact(Fact, frozen=True):
    """Something that happened in one live round."""

    round_id: int


class RoundOpened(RoundFact, frozen=True):
    """An educator presents a case, who presents no other; ``token`` is the screen's.

    ``choice_orders`` is for each question, as JSON, the order in which its choices are numbered.
    """

    code: str
    token: str
    presenter: int
    language: str
    post_id: int
    choice_orders: str
    opened_at: int

    STATEMENTS = (
        """
        INSERT INTO live_rounds
            (id, code, token, presenter, language, post_id, choice_orders, since, heard_at)
        SELECT :round_id, :code, :token, :presenter, :language, :post_id, :choice_orders,
            :opened_at, :opened_at
        WHERE NOT EXISTS (
            SELECT 1 FROM live_rounds WHERE presenter = :presenter AND state <> 'ended')
        """,
    )


class RoundStepped(RoundFact, frozen=True):
    """A round goes on from where its presenter saw it to stand (``was_...``).

    With a question revealed its votes are to be made answers.
    """

    presenter: int
    was_state: str
    was_position: int
    was_ballot: int
    was_votes_shown: bool
    state: str
    position: int
    ballot: int
    votes_shown: bool
    stepped_at: int

    STATEMENTS = (
        """
        UPDATE live_rounds SET
            since = iif((state, position, ballot) = (:state, :position, :ballot),
                        since, :stepped_at),
            echo_due = iif(:state = 'revealed', :stepped_at, echo_due),
            state = :state, position = :position, ballot = :ballot, votes_shown = :votes_shown,
            heard_at = :stepped_at
        WHERE id = :round_id AND presenter = :presenter
            AND (state, position, ballot, votes_shown)
                = (:was_state, :was_position, :was_ballot, :was_votes_shown)
        """,
    )


class PresenterHeard(RoundFact, frozen=True):
    """The presenter is there, though nothing goes on."""

    presenter: int
    heard_at: int

    STATEMENTS = (
        """
        UPDATE live_rounds SET heard_at = :heard_at
        WHERE id = :round_id AND presenter = :presenter AND state <> 'ended'
        """,
    )


class RoundTakenOver(RoundFact, frozen=True):
    """Another educator, who presents no other round, presents this one from now on."""

    was: int
    presenter: int
    taken_at: int

    STATEMENTS = (
        """
        UPDATE live_rounds SET presenter = :presenter, heard_at = :taken_at, panel_message = NULL
        WHERE id = :round_id AND presenter = :was AND state <> 'ended' AND NOT EXISTS (
            SELECT 1 FROM live_rounds WHERE presenter = :presenter AND state <> 'ended')
        """,
    )


class RoundEnded(RoundFact, frozen=True):
    """A round is over; what votes there are in the question in view are to be made answers."""

    ended_at: int

    STATEMENTS = (
        """
        UPDATE live_rounds SET state = 'ended', ended_at = :ended_at, since = :ended_at,
            echo_due = :ended_at, panel_due = NULL
        WHERE id = :round_id AND state <> 'ended'
        """,
    )


class PanelShown(RoundFact, frozen=True):
    """The presenter's panel is brought up to date; ``panel_due``: when it is again, if known."""

    panel_due: int | None

    STATEMENTS = ("UPDATE live_rounds SET panel_due = :panel_due WHERE id = :round_id",)


class LiveAnswersRecorded(RoundFact, frozen=True):
    """All votes that were to be made answers are."""

    STATEMENTS = ("UPDATE live_rounds SET echo_due = NULL WHERE id = :round_id",)


_PANEL_DUE = f"""
    UPDATE live_rounds SET panel_due = coalesce(panel_due, :at + {PANEL_EVERY_MS})
    WHERE id = :round_id AND state <> 'ended'
"""  # noqa: S608 - ours


class RoundJoined(RoundFact, frozen=True):
    """A person joins a round that is not over.

    Who does so again is sent the question again: perhaps they no longer find it.
    """

    person_id: int
    at: int

    STATEMENTS = (
        """
        INSERT INTO live_people (round_id, person_id, joined_at)
        SELECT id, :person_id, :at FROM live_rounds WHERE id = :round_id AND state <> 'ended'
        ON CONFLICT DO UPDATE SET message_id = NULL, message_position = NULL
        """,
        _PANEL_DUE,
    )


class VoteCast(RoundFact, frozen=True):
    """What a person who joined chooses, in place of what they chose before; none: nothing.

    Where the round does not stand open at this question and ballot, nothing is written; nor of
    somebody who has blocked the bot.
    ``choices`` are indexes into the question's choices.
    """

    position: int
    ballot: int
    person_id: int
    choices: tuple[int, ...]
    at: int

    STATEMENTS = (
        """
        INSERT INTO live_votes (round_id, position, ballot, person_id, choices, voted_at)
        SELECT r.id, r.position, r.ballot, p.person_id, :choices, :at
        FROM live_rounds r
        JOIN live_people p ON p.round_id = r.id AND p.person_id = :person_id
        JOIN people w ON w.id = p.person_id AND w.blocked_at IS NULL
        WHERE r.id = :round_id AND r.state = 'open'
            AND (r.position, r.ballot) = (:position, :ballot) AND :choices <> '[]'
        ON CONFLICT DO UPDATE SET choices = excluded.choices, voted_at = excluded.voted_at
        """,
        """
        DELETE FROM live_votes
        WHERE (round_id, position, person_id, ballot)
                = (:round_id, :position, :person_id, :ballot)
            AND :choices = '[]' AND EXISTS (
                SELECT 1 FROM live_rounds r WHERE r.id = :round_id AND r.state = 'open'
                    AND (r.position, r.ballot) = (:position, :ballot))
        """,
        _PANEL_DUE,
    )
