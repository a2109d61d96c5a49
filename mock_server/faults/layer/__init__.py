"""Seeded faults in Layer's own words: wrong answers, wrong admissions, windows between calls."""
