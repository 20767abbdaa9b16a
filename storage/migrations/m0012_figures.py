"""Figures without what their files hold beside the pixels, which version 0.1 kept.

Posts know a figure by the hash of what was posted: that stays its name, whatever its bytes are now.
"""

STATEMENTS = (
    "UPDATE figures SET content = stripped(content) WHERE stripped(content) <> content",
    # What was left out is wiped from the log and from unused space as erased people are.
    """
    INSERT INTO erasures (erased_at)
    SELECT CAST(strftime('%s', 'now') AS INTEGER) * 1000 WHERE changes() > 0
    """,
)
