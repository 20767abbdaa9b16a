"""What an educator gets back: the report of a cohort, and that of a group or channel."""
