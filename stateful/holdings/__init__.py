"""Assets of client accounts, held by a ledger that can refuse to let them go: one suite of the kit.

suite → races, tenancy, draws → plays → stage → rules → scene → operations, sights; what the ledger must hold
and what a class charges is `model.holdings`' and `model.classes`' affair. Vendors' spellings are in
`dialects/<api>`.
"""
