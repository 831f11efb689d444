"""`python -m mqviz` is `mqviz`."""

from mqviz.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
