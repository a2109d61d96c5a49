"""The register of fixed assets of an organisation, and what may be done to it.

From the leaves up: records · shelf · drafts · kinds; then what a draft becomes: figures · dues · charging ·
lifecycle · runs · disposal · edits · locking, on `mock_server.domain.schedule` and the ledger. Nothing
here knows HTTP, JSON or a vendor's spelling.
"""
