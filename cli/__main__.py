"""`python -m cli` is the command `condor-watch`."""

from cli.main import main

if __name__ == "__main__":
    raise SystemExit(main())
