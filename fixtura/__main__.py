"""`python -m fixtura` is `fixtura`."""

from fixtura.cli import main

main()
