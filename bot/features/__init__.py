"""One folder for each thing that people do, each with its rules and its views."""
