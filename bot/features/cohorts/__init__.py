"""Educators, and the cohorts that they teach."""
