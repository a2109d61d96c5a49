"""What a document and the protocol say of one call and its reply.

Decides the checks that need no history: replies against the document, the document against itself,
and what travels below JSON. Knows no accounting.
"""
