"""The reference model: what the books must be, kept as sums and never as journals.

Imports the standard library only. It knows no HTTP, no vendor and no other part of the kit, and
shares nothing with any implementation that the kit judges.
"""
