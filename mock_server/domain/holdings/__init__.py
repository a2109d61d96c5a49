"""Assets of client accounts, and a ledger whose lines may name an asset.

records: what is kept · vouchers: entries, drafts and cancellations, and which accounts demand an asset ·
holdings: the assets, their numbers, and what denies a deactivation · lists: pages across client accounts ·
life: acquired, depreciated, disposed of.
"""
