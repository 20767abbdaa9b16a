"""Cases that educators assign to a cohort: set up, given, done, reminded of, and closed."""
