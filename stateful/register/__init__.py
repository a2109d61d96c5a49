"""Registers of fixed assets with computed depreciation: one suite of the kit.

suite → races, tenancy, draws → plays → stage → rules → scene → operations, sights; what an asset must be
worth is `model.register`'s and `model.register_course`'s affair. Vendors' spellings are in `dialects/<api>`.
"""
