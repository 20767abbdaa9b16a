"""The commands of ``morning-report``; importing a module here adds its commands."""
