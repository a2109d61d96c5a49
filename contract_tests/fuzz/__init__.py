"""Generated requests: Schemathesis draws and sends them, our own rules judge the replies.

Imports nothing, because the engine's own process comes through here.
"""
