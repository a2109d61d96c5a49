"""The register of fixed assets of an organisation, and what may be done to it.

From the leaves up: records · kinds · shelf · drafts; what a draft becomes (registering, runs,
disposal, rolling back) builds on the shelf and on `mock_server.domain.schedule`. Nothing here knows
HTTP, JSON or a vendor's spelling.
"""
