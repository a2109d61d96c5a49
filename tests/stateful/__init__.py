"""Tests of the kit's parts B and C: the model, the rules, the machine, races and tenancy."""
