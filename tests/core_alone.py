#!/usr/bin/env python3
"""The core stands alone: what its sources include, and what its objects need at link time.

usage: core_alone.py BUILD_DIR COMPILER LIBFXPOOL_CORE_A

1. Files of the core may include the standard library, the system's own headers, Boost, Random123 and the core's headers.
2. Of all other files, only those of src/market/ may include QuantLib.
3. The core links with nothing but the standard library.
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ALLOWED = ("/boost/", "/Random123/")
# No file, no clock, no thread in the core.
NOT_IN_CORE = re.compile(
    r"#\s*include\s*<(fstream|filesystem|iostream|cstdio|thread|mutex|shared_mutex|future|condition_variable|ctime|random)>")


def dependencies(build: pathlib.Path) -> dict:
    """Object file -> every file that its compilation read."""
    text = subprocess.run(["ninja", "-C", build, "-t", "deps"], capture_output=True, text=True, check=True).stdout
    read, files = {}, []
    for line in text.splitlines():
        if line.startswith("    "):
            files.append(os.path.normpath(build / line.strip()))
        elif ": #deps" in line:
            files = read[line.split(": #deps")[0]] = []
    return read


def standard_headers(compiler: str) -> set:
    """The files that the standard library's headers come from."""
    made = subprocess.run([compiler, "-std=c++20", "-M", "-x", "c++", "-include", "bits/stdc++.h", "/dev/null"],
                          capture_output=True, text=True, check=True).stdout
    return {os.path.normpath(word) for word in made.replace("\\\n", " ").split()[1:]}


def main() -> int:
    build, compiler, archive = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    root = pathlib.Path(__file__).resolve().parent.parent
    standard = standard_headers(compiler)
    # what comes with the compiler or the C library, as against with a package of its own
    system = {os.path.dirname(path) for path in standard} - {"/usr/include"}
    problems = set()
    core_objects = 0

    def foreign(path: str) -> bool:
        if path in standard or any(part in path for part in ALLOWED):
            return False
        if any(path.startswith(folder + "/") for folder in system) or path.startswith("/usr/lib/gcc/"):
            return False
        return not from_libc(path)

    for name, files in dependencies(build).items():
        is_core = "fxpool_core.dir/" in name
        source = name.split(".dir/", 1)[-1].removesuffix(".o")
        for path in files:
            inside = path.startswith(f"{root}/")
            if is_core and inside and not path.startswith(f"{build}/"):
                text = pathlib.Path(path).read_text(encoding="utf-8") if os.path.exists(path) else ""
                found = NOT_IN_CORE.search(text)
                if found:
                    problems.add(f"{os.path.relpath(path, root)}: includes <{found[1]}>, which the core may not (via {source})")
            elif is_core and (path.startswith(f"{build}/") or foreign(path)):
                problems.add(f"{source}: reads {path}, which is neither standard library, Boost nor Random123")
            elif not is_core and "/ql/" in path and "fxpool_lib.dir/" in name and not source.startswith("src/market/"):
                problems.add(f"{source}: includes QuantLib; only src/market/ may")
                break
        core_objects += is_core

    with tempfile.TemporaryDirectory() as scratch:
        main_cpp = pathlib.Path(scratch) / "main.cpp"
        main_cpp.write_text("int main() {}\n")
        linked = subprocess.run([compiler, "-std=c++20", main_cpp, "-o", main_cpp.with_suffix(""),
                                 "-Wl,--whole-archive", archive, "-Wl,--no-whole-archive"], capture_output=True, text=True)
        if linked.returncode:
            undefined = sorted(set(re.findall(r"undefined (?:reference to|symbol:) .*", linked.stderr)))
            problems.update(f"the core does not link alone: {line}" for line in undefined[:20] or [linked.stderr])

    for problem in sorted(problems):
        print(problem)
    print(f"{core_objects} files of the core looked at, {len(problems)} problems")
    return 1 if problems or core_objects == 0 else 0


def from_libc(path: str) -> bool:
    """A header straight in /usr/include: the C library's, or some package's?"""
    owner = subprocess.run(["dpkg-query", "-S", path], capture_output=True, text=True).stdout
    return owner.startswith(("libc6-dev", "linux-libc-dev", "libstdc++"))


if __name__ == "__main__":
    sys.exit(main())
