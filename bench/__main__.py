"""`make bench ARGS="standing kill"`: runs the named benchmarks one after the other, or all of them.

`--keep` is passed to the standing benchmark, which then replaces the table of last results in docs/bench.md.
"""

from __future__ import annotations

import argparse
import subprocess
import sys

from bench.serving import ROOT

POSTGRES = ("--database", "postgres")
BENCHES: dict[str, tuple[tuple[str, ...], ...]] = {
    "standing": (("bench.standing",),),
    "accuracy": (("bench.review_accuracy",),),
    "speed": (("bench.review_speed",),),
    "slow": (("bench.slow",),),
    "kill": (("bench.kill",), ("bench.kill", *POSTGRES)),
    "load": (("bench.load",), ("bench.load", *POSTGRES)),
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*BENCHES, []], metavar="NAME", help=", ".join(BENCHES))
    parser.add_argument("--keep", action="store_true")
    asked = parser.parse_args()
    failed = False
    for name in asked.names or BENCHES:
        for module, *arguments in BENCHES[name]:
            print(f"\n--- {name} {' '.join(arguments)}", flush=True)
            more = ["--keep"] if asked.keep and name == "standing" else []
            command = [sys.executable, "-m", module, *arguments, *more]
            failed |= subprocess.run(command, cwd=ROOT, check=False).returncode != 0  # noqa: S603 - our own
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
