"""The benchmark: ``python -m tests.bench`` measures, and writes RESULTS.md.

Each aim is a ratio, or a bound that a learner would notice, taken within one run: machines differ.
What is compared is measured in turns, so that a busy moment befalls all alike.
"""
