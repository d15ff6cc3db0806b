#!/usr/bin/env python3
"""clang-tidy over the sources that changed: a changed header stands for the source of its name.

usage: tidy_changed.py BUILD_DIR     (with compile_commands.json; 'ninja -C BUILD_DIR tidy-changed')

Changed is what differs from $FXPOOL_BASE where that is set, else from where this branch left origin/main, else from the commit before;
what is not committed yet counts. Where history ends here (a shallow checkout) everything is new.
"""
import os
import pathlib
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"


def git(*words):
    done = subprocess.run(["git", "-C", ROOT, *words], capture_output=True, text=True)
    return done.stdout.strip() if done.returncode == 0 else None


def base():
    if os.environ.get("FXPOOL_BASE"):
        return os.environ["FXPOOL_BASE"]
    head, fork = git("rev-parse", "HEAD"), git("merge-base", "HEAD", "origin/main")
    if fork and fork != head:
        return fork
    return git("rev-parse", "--verify", "-q", "HEAD~1") or EMPTY_TREE


def sources(names):
    """The files in src/ that these names are or stand for."""
    found = set()
    for name in names:
        path = pathlib.Path(name)
        if path.parts[:1] == ("include",):
            path = pathlib.Path("src", *path.parts[2:])
        if path.parts[:1] == ("src",) and path.suffix in (".cpp", ".hpp"):
            found.add(path.with_suffix(".cpp"))
    return sorted(str(ROOT / path) for path in found if (ROOT / path).exists())


def main():
    build = pathlib.Path(sys.argv[1])
    since = base()
    changed = git("diff", "--name-only", since, "--", "src", "include")
    if changed is None:
        print(f"tidy-changed: git can't tell what differs from {since}")
        return 1
    files = sources(changed.split())
    print(f"clang-tidy: {len(files)} sources differ from {since[:10]}", flush=True)
    if not files:
        return 0
    tool = shutil.which("run-clang-tidy-14") or shutil.which("run-clang-tidy")
    if not tool:
        print("tidy-changed: clang-tidy-14 is wanted (apt-get install clang-tidy-14)")
        return 1
    done = subprocess.run([tool, "-quiet", "-extra-arg=-Wno-unknown-warning-option", "-p", build, *(f"^{path}$".replace(".", r"\.").replace("+", r"\+") for path in files)],
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    told = [line for line in done.stdout.splitlines() if not line.startswith(("clang-tidy-", "clang-tidy "))]
    print("\n".join(told) if done.returncode else f"clang-tidy: {len(files)} sources are clean")
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
