"""Measurements against floor programs; run with `python -m benchmarks`. They are no tests: nothing here asserts."""
