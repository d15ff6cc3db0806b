#!/usr/bin/env python3
"""Every [statistical] test case must fail once its bias is planted (FXPOOL_PLANTED=1): a test that can't see it is none.

usage: planted.py FXPOOL_TESTS [CATCH_FILTER]
"""
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor


def escaped(name: str) -> str:
    """The name as a Catch filter that matches it alone."""
    return "".join("\\" + c if c in '\\,[]"~*' else c for c in name)


def main() -> int:
    binary, *filters = sys.argv[1:]
    listed = subprocess.run([binary, "--list-test-names-only", "[statistical]" + "".join(filters)], capture_output=True, text=True)
    # long names are not wrapped here; Catch quotes those that start with a '#'
    names = [line for line in (line.strip().strip('"') for line in listed.stdout.splitlines()) if line]
    environment = os.environ | {"FXPOOL_PLANTED": "1"}

    def status(name: str) -> int:
        run = [binary, "-w", "NoTests", escaped(name)]
        return subprocess.run(run, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode

    caught, missed = 0, 0
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for name, code in zip(names, pool.map(status, names)):
            if code == 0:
                missed += 1
                print(f"missed: {name}: passes with its bias planted", flush=True)
            elif code < 0:
                missed += 1
                print(f"missed: {name}: killed by signal {-code}, which shows no bias", flush=True)
            elif code == 2 and not ran_any(binary, name, environment):
                missed += 1
                print(f"missed: {name}: could not be run by its name", flush=True)
            else:
                caught += 1
                print(f"caught: {name}", flush=True)
    print(f"{caught} planted biases caught, {missed} missed")
    return 1 if missed or not names else 0


def ran_any(binary: str, name: str, environment: dict) -> bool:
    listed = subprocess.run([binary, "--list-test-names-only", escaped(name)], env=environment, capture_output=True, text=True)
    return bool(listed.stdout.strip())


if __name__ == "__main__":
    sys.exit(main())
