"""Servers that are not the sandbox: the kit must judge any implementation, not only its twin."""
