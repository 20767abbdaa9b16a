"""Learners flag a question; administrators see to it."""
