"""All that is kept of a person, by the names that `/mydata` shows it under."""

from collections.abc import Mapping

KEPT: Mapping[str, str] = {
    "person": "SELECT language, telegram_language, met_at, blocked_at FROM people WHERE id = ?",
    "cases": """
        SELECT case_id, posted_at, purpose, variant, iif(asked_by, chat_id, NULL) AS asked_for_in
        FROM posts
        WHERE person_id = ?1 OR asked_by = ?1 ORDER BY id
    """,
    "polls": """
        SELECT p.case_id, a.position, a.message_id, a.poll_id, a.begun_at, a.sent_at, a.closed_at
        FROM poll_attempts a JOIN posts p ON p.id = a.post_id
        WHERE a.chat_id = ? ORDER BY a.id
    """,
    "answers": """
        SELECT a.case_id, a.question_id, a.revision, a.choices, a.verdict, a.score, a.first,
               a.answered_at, a.time_taken, a.withdrawn_at, a.confidence, a.recognised, p.chat_id
        FROM answers a LEFT JOIN posts p ON p.id = a.post_id WHERE a.person_id = ? ORDER BY a.id
    """,
    "choices_marked_and_not_submitted": """
        SELECT p.case_id, d.position, d.choices
        FROM draft_answers d JOIN posts p ON p.id = d.post_id
        WHERE d.person_id = ? ORDER BY d.post_id, d.position
    """,
    "votes_without_a_known_poll": """
        SELECT poll_id, option_ids, language_code, received_at
        FROM parked_answers WHERE person_id = ? ORDER BY update_id
    """,
    "updates_that_failed": """
        SELECT kind, error, at FROM set_aside WHERE person_id = ? ORDER BY update_id
    """,
    "daily_case": "SELECT timetable, quiet, next_due, unanswered FROM daily WHERE person_id = ?",
    "flags": """
        SELECT case_id, question_id, reason, words, flagged_at, closed_at
        FROM flags WHERE person_id = ? ORDER BY id
    """,
    "marked_cases": """
        SELECT case_id, kind, marked_at FROM marks WHERE person_id = ? ORDER BY marked_at, case_id
    """,
    "preferences": "SELECT document FROM preferences WHERE person_id = ?",
    "how_sure_you_said_you_are": """
        SELECT p.case_id, c.position, c.level
        FROM confidences c LEFT JOIN posts p ON p.id = c.post_id WHERE c.person_id = ?
    """,
    "reviews": """
        SELECT objective, due_at, reviewed_at, stability AS stability_in_days
        FROM cards WHERE person_id = ? ORDER BY objective
    """,
    "reviews_brought_up_to_date": "SELECT through_answer FROM folded WHERE person_id = ?",
    "reviews_not_wanted": """
        SELECT objective, paused_at FROM paused_objectives WHERE person_id = ? ORDER BY objective
    """,
    "practice_sessions": """
        SELECT s.mode, s.spec, s.assignment_id, s.sealed_by, s.state, s.begun_at, s.ended_at,
               s.shown, s.deadline, s.score,
               (SELECT json_group_array(json(item)) FROM (
                    SELECT json_object('case_id', p.case_id, 'position', i.position,
                        'choices', i.draft, 'marked', i.marked, 'locked', i.locked) AS item
                    FROM sitting_items i LEFT JOIN posts p ON p.id = i.post_id
                    WHERE i.sitting_id = s.id ORDER BY i.place)) AS questions,
               (SELECT json_group_array(m.message_id)
                FROM sitting_messages m WHERE m.sitting_id = s.id) AS messages
        FROM sittings s WHERE s.person_id = ? ORDER BY s.id
    """,
    "roles": """
        SELECT role, state, name, username, public_name, asked_at, decided_at, NULL AS decided_as
        FROM roles WHERE person_id = ?1
        UNION ALL
        SELECT role, state, NULL, NULL, NULL, NULL, decided_at, decided_by_name FROM roles
        WHERE decided_by = ?1 ORDER BY 1, 7
    """,
    "links_for_authors_and_reviewers_you_made": """
        SELECT role, made_by_name AS made_as, made_at, ends_at
        FROM role_links WHERE made_by = ? ORDER BY made_at
    """,
    "cases_you_are_writing": """
        SELECT d.document, d.made_at, d.changed_at, d.warned_at,
               (SELECT json_group_array(s.message_id)
                FROM draft_shown s WHERE s.draft_id = d.id) AS shown_in_messages,
               (SELECT count(*) FROM draft_pictures p WHERE p.draft_id = d.id) AS pictures
        FROM drafts d WHERE d.person_id = ? ORDER BY d.id
    """,
    "messages_you_wrote_cases_in": """
        SELECT message_id, draft_id, sent_at, told
        FROM draft_messages WHERE person_id = ? ORDER BY message_id
    """,
    "cases_you_published": """
        SELECT case_id, published_at, withdrawn_at
        FROM published_cases WHERE person_id = ? ORDER BY case_id
    """,
    "cases_being_published": """
        SELECT case_id, content, asked_at, state
        FROM publications WHERE person_id = ? ORDER BY id
    """,
    "cases_you_signed": """
        SELECT case_id, digest, name, signed_at FROM signatures
        WHERE person_id = ? ORDER BY signed_at, case_id
    """,
    "cases_you_sent_back": """
        SELECT case_id, digest, verdict, sent_at FROM sent_back_cases
        WHERE person_id = ? ORDER BY sent_at, case_id
    """,
    "cohorts": """
        SELECT p.cohort_id, c.title, p.role, p.name, p.username, p.named, p.terms, p.joined_at
        FROM cohort_people p LEFT JOIN cohorts c ON c.id = p.cohort_id
        WHERE p.person_id = ? ORDER BY p.cohort_id
    """,
    "cohort_links_you_made": """
        SELECT cohort_id, role, hands_over, made_at, ends_at, most, uses
        FROM cohort_links WHERE made_by = ? ORDER BY made_at
    """,
    "assignment_you_began_to_make": """
        SELECT document, drafted_at FROM assignment_drafts WHERE person_id = ?
    """,
    "assignments_you_made": """
        SELECT id, cohort_id, title, made_at FROM assignments WHERE made_by = ? ORDER BY id
    """,
    "assignments": """
        SELECT p.assignment_id, a.title, p.due_at, p.remind_at
        FROM assigned_people p LEFT JOIN assignments a ON a.id = p.assignment_id
        WHERE p.person_id = ? ORDER BY p.assignment_id
    """,
    "items_you_decided_on": """
        SELECT case_id, question_id, state, why, decided_by_name AS decided_as, decided_at
        FROM item_cards WHERE decided_by = ? ORDER BY id
    """,
    "cards_of_items_you_have": """
        SELECT card_id, message_id FROM item_card_messages WHERE person_id = ? ORDER BY card_id
    """,
    "live_rounds_you_presented": """
        SELECT p.case_id, r.language, r.state, r.heard_at, r.ended_at, r.panel_message
        FROM live_rounds r JOIN posts p ON p.id = r.post_id WHERE r.presenter = ? ORDER BY r.id
    """,
    "live_rounds": """
        SELECT p.round_id, r.code, p.joined_at, p.message_id, p.message_position
        FROM live_people p JOIN live_rounds r ON r.id = p.round_id
        WHERE p.person_id = ? ORDER BY p.round_id
    """,
    "live_votes": """
        SELECT round_id, position, ballot, choices, voted_at FROM live_votes
        WHERE person_id = ? ORDER BY round_id, position, ballot
    """,
    "texts_awaited": "SELECT command, asked_at FROM awaited_texts WHERE person_id = ?",
    "files_not_yet_fetched": """
        SELECT message_id, name, purpose, about FROM sent_files WHERE person_id = ?
        ORDER BY message_id
    """,
    "names_shown": "SELECT chat_id, name FROM shown_names WHERE person_id = ? ORDER BY chat_id",
    "messages_that_name_you": """
        SELECT chat_id, message_id, words FROM named_people
        WHERE person_id = ? ORDER BY chat_id, message_id
    """,
    "chats_set_up": "SELECT id, kind, title FROM chats WHERE added_by = ? ORDER BY id",
    "messages_not_yet_sent": """
        SELECT method, owed_at FROM outbox WHERE chat_id = ? ORDER BY id
    """,
    "said_of_you_in_messages_not_yet_sent": """
        SELECT words FROM quotes WHERE person_id = ? ORDER BY outbox_id
    """,
}
"""Statements; the one parameter of each is the person's id."""
