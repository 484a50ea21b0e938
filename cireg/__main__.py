"""`python -m cireg` and the `cireg` command."""

from cireg.cli import main

if __name__ == "__main__":
    main()
