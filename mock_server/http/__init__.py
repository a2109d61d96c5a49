"""The edge: bytes in, a `Request` out; an `Answer` in, bytes out.

Decides what every API of this server has in common (routing, tokens, parameters, media types,
JSON, validation both ways, headers); knows no vendor and no accounting. With `mock_server.app`
it is the only place that imports Connexion.
"""
