#!/usr/bin/env bash
# Builds the solution once and runs every test there is, on SQLite, on PostgreSQL and in a browser.
# Its last line is "N passed, N failed", after "N skipped" if there were any; it ends with 0 only if tests ran and none failed.
#
# Missing system packages are installed on Debian and its kin, which takes root or sudo. Nothing else is changed on the machine:
# PostgreSQL tests start a private server of their own, unless MARKETPLACE_TEST_POSTGRES names one
# (Host=…;Username=…, a role that may create databases).
set -uo pipefail
cd "$(dirname "$0")"
exec </dev/null
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
configuration=Release
work=$(mktemp -d)

closed=
finish() { # passed failed skipped
    closed=1
    [ "${3:-0}" -gt 0 ] && echo "$3 skipped, for want of what they need: see the tests' own words"
    echo "$1 passed, $2 failed"
    [ "$2" -eq 0 ] && [ "$1" -gt 0 ]
    exit
}
give_up() {
    echo "test.sh: $*" >&2
    finish 0 1
}
trap 'rm -rf "$work"; [ -n "$closed" ] || echo "0 passed, 1 failed"' EXIT
trap 'exit 130' INT TERM HUP

step() { echo "== $* ($((SECONDS / 60)) min $((SECONDS % 60)) s)"; }

has_postgres() { [ -n "${MARKETPLACE_TEST_POSTGRES:-}" ] || command -v initdb >/dev/null || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null; }
has_chromium() { [ -n "${MARKETPLACE_CHROMIUM:-}" ] || [ -x /usr/bin/chromium-headless-shell ] || [ -x /usr/bin/chromium ]; }
has_chinese_font() { compgen -G '/usr/share/fonts/*/noto/NotoSansCJK*' >/dev/null; }
has_icu() { compgen -G '/usr/lib/*/libicuuc.so.*' >/dev/null || compgen -G '/usr/lib/libicuuc.so.*' >/dev/null || compgen -G '/usr/lib64/libicuuc.so.*' >/dev/null; }

install_missing() {
    local missing=()
    has_postgres || missing+=(postgresql)
    has_chromium || missing+=(chromium-headless-shell)
    has_chinese_font || missing+=(fonts-noto-cjk)
    has_icu || missing+=(libicu)
    [ ${#missing[@]} -eq 0 ] && return

    step "Installing ${missing[*]}"
    command -v apt-get >/dev/null || give_up "missing: ${missing[*]}. Install them; this script only knows apt-get."
    local root=()
    if [ "$(id -u)" -ne 0 ]; then
        sudo -n true 2>/dev/null || give_up "missing: ${missing[*]}. Installing them takes root: run as root, or with sudo that asks no password."
        root=(sudo -n)
    fi

    "${root[@]}" apt-get update -q >"$work/apt" 2>&1 || { tail -5 "$work/apt"; give_up "apt-get update failed."; }
    local icu
    icu=$(apt-cache pkgnames libicu | grep -E '^libicu[0-9]+$' | sort -V | tail -1)
    "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]/#libicu/$icu}" >"$work/apt" 2>&1 \
        || { tail -20 "$work/apt"; give_up "apt-get could not install ${missing[*]}."; }
}

install_missing
dotnet --version >"$work/sdk" 2>&1 || { cat "$work/sdk"; give_up "no .NET SDK that global.json asks for: https://dotnet.microsoft.com/download"; }

step "Restoring packages, locked"
dotnet restore Marketplace.sln --locked-mode -v quiet || give_up "packages could not be restored."

step "Building ($configuration)"
dotnet build Marketplace.sln --no-restore -c "$configuration" -v quiet || give_up "the build failed."

# A shell in the background ignores Ctrl-C, and so would the hosts whose end by Ctrl-C is tested.
heed=()
env --default-signal=INT true 2>/dev/null && heed=(env --default-signal=INT)

# What tests have measured or drawn, a line each: the runner shows nothing of tests that pass.
export MARKETPLACE_REPORT="$work/report"

step "Testing"
"${heed[@]}" dotnet test --solution Marketplace.sln --no-build -c "$configuration" --no-progress --no-ansi --max-parallel-test-modules 1 2>&1 | tee "$work/tests"
status=${PIPESTATUS[0]}

# The summary of all modules stands last: "  total: 12", "  failed: 0", "  succeeded: 11", "  skipped: 1", and "  error: 1" when one could not run.
count() { awk -v name="$1:" '$1 == name && NF == 2 { n = $2 } END { print n + 0 }' "$work/tests"; }
passed=$(count succeeded) failed=$(($(count failed) + $(count error))) skipped=$(count skipped)
[ "$status" -ne 0 ] && [ "$failed" -eq 0 ] && failed=1
[ $((passed + failed)) -eq 0 ] && give_up "no test ran."
[ ! -s "$work/report" ] || cat "$work/report"
# Again and last, where whoever sees only the end of a log finds them: the names of what failed, and the first words of why.
awk '/^failed / { lines = 6 } lines-- > 0' "$work/tests" | cut -c1-300 | head -60
step "Done"
finish "$passed" "$failed" "$skipped"
