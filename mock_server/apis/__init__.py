"""One folder per API, named as in `spec`: requests to commands, results to replies, refusals to errors.

Each exposes `open_instance(settings, document) -> Instance`. What an API decides is its spelling of
things; what happens to the books is the domain's. What several share stands beside the folders
(`grants`). Nothing here knows Connexion.
"""
