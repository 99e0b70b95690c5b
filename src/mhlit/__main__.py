"""The entry point: answers --version at once, hands everything else to the command line."""

import sys


def main() -> None:
    """Run mhlit with the arguments of the process and leave with its exit code."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        from mhlit import __version__

        sys.stdout.write(f"mhlit {__version__}\n")
        return
    from mhlit.cli.app import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
