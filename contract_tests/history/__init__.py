"""A history retold: as a script that anyone can run, and as an HTTP archive.

Decides how recorded calls are played again, on the same server or on another. Knows no API: an id
is whatever looks like one and is used again.
"""

from contract_tests.history.archive import har
from contract_tests.history.curl import curl_script

__all__ = ["curl_script", "har"]
