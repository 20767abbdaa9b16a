"""Practice sessions, case after case, and exams, which explain nothing before their end."""
