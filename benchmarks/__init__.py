"""Measurements, not tests: speed, hostile pages, mutated pages; each is run as `python -m benchmarks.NAME`."""
