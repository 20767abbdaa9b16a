"""Cases: reading, checking, rendering, grading, and the shipped library."""
