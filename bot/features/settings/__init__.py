"""Administrators set up their group or channel, by buttons or in words."""
