"""Which cases a learner wants, and in which language they are spoken to."""
