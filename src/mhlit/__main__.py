"""The entry point: answers --version and a completing shell at once, hands everything else to the command line."""

import os
import sys


def main() -> None:
    """Run mhlit with the arguments of the process and leave with its exit code."""
    if "_MHLIT_COMPLETE" in os.environ:
        from mhlit.cli.completing.answer import run as complete

        complete(sys.argv[1:], os.environ["_MHLIT_COMPLETE"])
        return
    if sys.argv[1:] in (["--version"], ["-V"]):
        from mhlit import __version__

        sys.stdout.write(f"mhlit {__version__}\n")
        return
    from mhlit.cli.app import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
