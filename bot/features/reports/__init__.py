"""What an educator or an administrator gets back: the report of a cohort, of a group or channel."""
