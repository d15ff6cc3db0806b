#!/bin/bash
# The launcher, in a scratch project of one small program and with stand-ins for apt-get and dpkg-query.
set -euo pipefail
launcher=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)/fxpool
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
unset LC_ALL LC_MESSAGES LANG FXPOOL_ANY_OS
export CCACHE_DISABLE=1

tree=$scratch/"a tree"
mkdir -p "$tree"/{src/app,include,data,cmake} "$scratch"/{bin,elsewhere}
cp "$launcher" "$tree/fxpool"
cat >"$tree/CMakeLists.txt" <<'CMAKE'
cmake_minimum_required(VERSION 3.25)
project(scratch LANGUAGES CXX)
file(GLOB sources CONFIGURE_DEPENDS src/app/*.cpp)
add_executable(fxpool ${sources})
file(APPEND ${PROJECT_SOURCE_DIR}/configured "x")
add_custom_command(TARGET fxpool PRE_LINK COMMAND echo x >>${PROJECT_SOURCE_DIR}/linked)
CMAKE
cat >"$tree/CMakePresets.json" <<'JSON'
{"version": 6, "configurePresets": [{"name": "release", "generator": "Ninja", "binaryDir": "${sourceDir}/build/release"}]}
JSON
cat >"$tree/src/app/main.cpp" <<'CPP'
#include <cstdio>
#include <unistd.h>
int main(int argc, char** argv) {
    char folder[4096];
    std::printf("%s:", getcwd(folder, sizeof folder));
    for (int i = 1; i < argc; ++i) std::printf("<%s>", argv[i]);
    std::printf("\n");
    return argc - 1;
}
CPP

# the stand-ins: every package is there but those named in $scratch/absent; apt-get writes down what it is asked for
cat >"$scratch/bin/dpkg-query" <<SH
#!/bin/bash
for word in "\${@:4}"; do grep -qx "\$word" "$scratch/absent" 2>/dev/null || printf 'installed:%s ' "\$word"; done
SH
cat >"$scratch/bin/apt-get" <<SH
#!/bin/bash
echo "\$*" >>"$scratch/asked"
[[ \$1 != install ]] || [[ ! -e "$scratch/offline" ]] || { echo "no route to the mirror"; exit 100; }
SH
cat >"$scratch/bin/sudo" <<SH
#!/bin/bash
[[ ! -e "$scratch/no-sudo" ]] || exit 1
[[ \$1 == -n ]] && shift
exec "\$@"
SH
chmod +x "$scratch"/bin/*
export PATH=$scratch/bin:$PATH
printf 'ID=debian\nVERSION_ID="12"\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\n' >"$scratch/debian"
printf 'ID=other\nVERSION_ID="1"\nPRETTY_NAME="Other 1"\n' >"$scratch/other"
export FXPOOL_OS_RELEASE=$scratch/debian

failures=0
# check WHAT CONDITION…
check() {
    local what=$1
    shift
    "$@" && return
    failures=$((failures + 1))
    printf 'FAILED: %s\n  status %s\n  out: %s\n  err: %s\n' "$what" "$status" "$out" "$err"
}
launch() {
    status=0
    "${command:-$tree/fxpool}" "$@" >"$scratch/out" 2>"$scratch/err" || status=$?
    out=$(<"$scratch/out") err=$(<"$scratch/err")
}
holds() { [[ $1 == *"$2"* ]]; }
lines() { wc -l <"$1"; }

cd "$scratch/elsewhere"

# another system
FXPOOL_OS_RELEASE=$scratch/other launch run
check "another system is told what fxpool needs" test "$status" = 1
check "it is named" holds "$err" "this is Other 1"
check "and what Windows can do" holds "$err" "WSL2"

# what is missing is installed, and said
printf 'mold\nlibcsv-dev\n' >"$scratch/absent"
touch "$scratch/offline"
launch run
check "packages that can't be had stop it" test "$status" = 1
check "with the end of the log" holds "$err" "no route to the mirror"
rm "$scratch/offline" "$scratch/asked"
launch a 'b c' ''
check "the program's status is the launcher's" test "$status" = 3
check "arguments are unchanged, the folder is the caller's" test "$out" = "$(pwd -P):<a><b c><>"
check "it says what it installs" holds "$err" "installing 2 packages: libcsv-dev mold"
check "it says that it builds" holds "$err" "building (first time"
check "apt-get is asked once for each step" test "$(lines "$scratch/asked")" = 2
rm "$scratch/absent"

# nothing to do
launch
check "quiet when nothing is to do" test -z "$err"
check "status 0" test "$status" = 0
ln -s "$tree/fxpool" "$scratch/link"
ln -s ../link "$scratch/elsewhere/second-link"
command=./second-link launch x
check "works through links" test "$out$err" = "$(pwd -P):<x>"

# staleness: edited, added, deleted
sed -i 's/return argc - 1/return 40 + argc/' "$tree/src/app/main.cpp"
launch
check "an edited source is built" test "$status" = 41
check "and said" test "$err" = "fxpool: building"
echo 'int added() { return 1; }' >"$tree/src/app/added.cpp"
before=$(lines "$tree/linked")
launch
check "an added source is built" test "$(lines "$tree/linked")" = $((before + 1))
rm "$tree/src/app/added.cpp"
launch
check "a deleted source is left out" test "$(lines "$tree/linked")" = $((before + 2))

# a failing build
sed -i 's/return 40/return oops/' "$tree/src/app/main.cpp"
launch
check "a build that fails has status 1" test "$status" = 1
check "and shows the compiler's words" holds "$err" "oops"
check "the failure stays until mended" holds "$(launch; echo "$err")" "oops"
err=$(LANG=zh_CN.UTF-8 "$tree/fxpool" 2>&1 || true)
check "in Chinese by the locale" holds "$err" "构建失败"
launch run --lang zh
check "in Chinese by --lang zh" holds "$err" "构建失败"
launch run --lang=zh
check "in Chinese by --lang=zh" holds "$err" "构建失败"
err=$(LANG=zh_CN.UTF-8 "$tree/fxpool" --lang en 2>&1 || true)
check "--lang en before the locale" holds "$err" "the build failed"

# two at once build once
sed -i 's/return oops/return 50/' "$tree/src/app/main.cpp"
before=$(lines "$tree/linked")
"$tree/fxpool" >"$scratch/one" 2>&1 &
"$tree/fxpool" >"$scratch/two" 2>&1 &
wait || true
launch
check "two launches at once" test "$status" = 51
check "build once" test "$(lines "$tree/linked")" = $((before + 1))

# a moved tree
mv "$tree" "$scratch/moved"
tree=$scratch/moved
launch
check "a moved tree runs" test "$status" = 51
touch "$tree/src/app/main.cpp"
launch
check "and builds" test "$status" = 51

# the fuzzers: their compiler is installed, and it is said
printf 'clang-14\n' >"$scratch/absent"
launch test --fuzz 1
check "the fuzzers' compiler is installed" holds "$err" "installing 1 packages: clang-14"
check "what can't be configured stops it" test "$status" = 1
launch test --preset none
check "an unknown preset is told" holds "$err" "no preset 'none'"
rm "$scratch/absent"

# without root
if ((EUID == 0)) && command -v setpriv >/dev/null; then
    rm -rf "$tree/build"
    printf 'libcsv-dev\nlibfmt-dev\n' >"$scratch/absent"
    touch "$scratch/no-sudo"
    chmod -R a+rwX "$scratch"
    err=$(setpriv --reuid=65534 --regid=65534 --clear-groups "$tree/fxpool" 2>&1 </dev/null) && status=0 || status=$?
    check "without root it stops" test "$status" = 1
    check "with the line to run" holds "$err" "apt-get install -y --no-install-recommends libfmt-dev libcsv-dev"
    rm -rf "$tree/build"
    chmod -R go-w "$tree"
    err=$(setpriv --reuid=65534 --regid=65534 --clear-groups "$tree/fxpool" 2>&1 </dev/null) && status=0 || status=$?
    check "a tree that can't be written is told" holds "$err" "cannot write to"
fi

((failures == 0)) && echo "the launcher keeps its promises"
exit $((failures > 0))
