"""Measurements that anyone can rerun: `make bench`. They print figures and judge nothing."""
