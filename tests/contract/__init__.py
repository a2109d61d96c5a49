"""Tests of the kit's contract part."""
