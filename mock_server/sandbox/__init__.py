"""What a sandbox has that a vendor's server has not: a clock, ids and randomness that can be set.

Decides where "now" and identifiers come from. Knows no HTTP, no API and no books.
"""
