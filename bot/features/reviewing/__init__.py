"""Clinicians review cases: the queue, the case as learners meet it, their signature or word."""
