#!/usr/bin/env bash
# Installs what the tests need and is missing, builds once, runs every test project and adds up what they say.
#   bash tests/run.sh [--long] [--seeds N | --hours N] [--filter EXPRESSION]
# --long runs the full counts of seeds, crashes and minutes, and tries mutants of the domain; --seeds is how many fresh lives
# the simulation lives, instead of a minute's worth, --hours for how long it lives them; --filter is passed to `dotnet test`.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# One line for each need: the Debian package, and a command or file that shows it is there.
needs=(
  "postgresql-15   /usr/lib/postgresql/15/bin/postgres"
  "docker-compose  docker-compose"
  "prometheus      promtool"
  "redis-server    redis-server"
  "prometheus-alertmanager  prometheus-alertmanager"
  "chromium        chromium"
  "iproute2        ip"
  "faketime        faketime"
)
limit=30m silence=10m
long=
filter=()
while [ $# -gt 0 ]; do
  case "$1" in
    --long) export ROUTERCLUSTER_LONG=1; long=1; limit=6h ;;
    --seeds)
      [ $# -ge 2 ] || { echo "--seeds needs a number" >&2; exit 2; }
      export ROUTERCLUSTER_SEEDS=$2; limit=24h silence=24h; shift ;;
    --hours)
      [ $# -ge 2 ] || { echo "--hours needs a number" >&2; exit 2; }
      export ROUTERCLUSTER_HOURS=$2; limit=$(( ${2%.*} + 2 ))h silence=$(( ${2%.*} + 2 ))h; shift ;;
    --filter)
      [ $# -ge 2 ] || { echo "--filter needs an expression" >&2; exit 2; }
      filter=(--filter "$2"); shift ;;
    *) echo "unknown option $1; usage: bash tests/run.sh [--long] [--seeds N | --hours N] [--filter EXPRESSION]" >&2; exit 2 ;;
  esac
  shift
done

# The summary lines are read below: they have to be English, and plain even on a terminal.
export DOTNET_CLI_UI_LANGUAGE=en DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
export MSBUILDTERMINALLOGGER=off MSBUILDDISABLENODEREUSE=1

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

install_missing() {
  local missing=() package probe need
  for need in "${needs[@]}"; do
    read -r package probe <<<"$need"
    command -v "$probe" >/dev/null 2>&1 || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  echo "== installing ${missing[*]}"
  command -v apt-get >/dev/null 2>&1 || { echo "no apt-get here: install ${missing[*]} by hand" >&2; return 1; }
  local apt=(env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=120 -o Dpkg::Use-Pty=0)
  as_root "${apt[@]}" update
  as_root "${apt[@]}" install -y --no-install-recommends "${missing[@]}" >/dev/null
}

passed=0 failed=0 skipped=0 broken=() child=

count_broken() {
  echo "!! $1"
  broken+=("!! $1")
  failed=$((failed + 1))
}

run_project() {
  local project=$1 name log status=0 lines line
  name=$(basename "$project")
  log="TestResults/$name.log"
  echo "== $name"
  # A test that says nothing for ten minutes (or all the time that lives were asked for) is stopped and named; `timeout` is for a runner that hangs itself.
  # The output goes to a file, not through a pipe: a process that a test left behind would keep a pipe open.
  timeout --kill-after=30s "$limit" dotnet test "$project" -c Release --no-build --logger "console;verbosity=minimal" \
    --logger trx --results-directory "TestResults/$name" --blame-hang-timeout "$silence" --blame-hang-dump-type none \
    "${filter[@]}" </dev/null >"$log" 2>&1 &
  child=$!
  wait "$child" || status=$?
  child=
  grep -vE '^(Test run for|VSTest version|Starting test execution|A total of|Data collector .Blame.|Additionally, path|$)' "$log" || true

  lines=$(grep -E '^(Passed|Failed|Skipped)! +- +Failed: ' "$log" || true)
  if [ -z "$lines" ]; then
    if [ ${#filter[@]} -gt 0 ] && [ "$status" -eq 0 ] && grep -q 'No test matches' "$log"; then return 0; fi
    count_broken "$name ended with status $status and no summary"
    return 0
  fi
  local before=$failed
  while read -r line; do
    [[ $line =~ Failed:\ *([0-9]+),\ *Passed:\ *([0-9]+),\ *Skipped:\ *([0-9]+) ]]
    failed=$((failed + BASH_REMATCH[1]))
    passed=$((passed + BASH_REMATCH[2]))
    skipped=$((skipped + BASH_REMATCH[3]))
  done <<<"$lines"
  if [ "$status" -ne 0 ] && [ "$failed" -eq "$before" ]; then
    count_broken "$name ended with status $status though no test failed"
  fi
}

# What failed is said once more at the end, each with the first lines of its message: the end is what is read first, and what
# is kept of a long output.
repeat_failures() {
  echo "== what failed"
  [ ${#broken[@]} -eq 0 ] || printf '%s\n' "${broken[@]}"
  awk 'FNR == 1 { told = 0 }
       /^  Failed / { print; told = 12; next }
       /^  (Stack Trace|Standard Output Messages):|^(Passed|Failed)! / { told = 0 }
       told > 0 && !/^  Error Message:/ { print substr($0, 1, 300); told-- }' TestResults/*.log
}

# One test more: what a payment allocates, wakes and asks of the database has not grown by a fifth. No time is asserted.
check_counts() {
  echo "== what a payment costs"
  if timeout 5m dotnet tests/RouterCluster.Benchmarks/bin/Release/net10.0/RouterCluster.Benchmarks.dll counts \
    </dev/null >TestResults/counts.txt 2>TestResults/counts.err; then
    passed=$((passed + 1))
  else
    count_broken "$(tail -n 1 TestResults/counts.err)"
  fi
}

# Mutants report and fail nothing: a survivor is a test that is missing, or is listed with the reason why it is none.
try_mutants() {
  local log=$PWD/TestResults
  echo "== mutants of the domain, on unit tests and on the simulation"
  dotnet tests/RouterCluster.Simulation.Tests/bin/Release/net10.0/RouterCluster.Simulation.Tests.dll mutants --sample 500 \
    --lives 1000 </dev/null >"$log/mutants.log" 2>&1 || echo "!! the sample of mutants ended with status $?"
  [ ! -f TestResults/mutants.txt ] || sed '/^neither unit tests/,$d' TestResults/mutants.txt
  echo "== mutants of the domain, on unit tests, by dotnet-stryker"
  (cd tests/RouterCluster.Domain.Tests && dotnet tool restore && dotnet stryker --skip-version-check --output "$log/stryker") \
    </dev/null >"$log/stryker.log" 2>&1 || echo "!! dotnet-stryker ended with status $?"
  grep 'final mutation score' TestResults/stryker.log || true
}

install_missing
echo "== building"
dotnet build RouterCluster.sln -c Release -nologo -v quiet </dev/null
rm -rf TestResults
mkdir -p TestResults
trap '[ -z "$child" ] || kill "$child" 2>/dev/null; exit 130' INT TERM
for project in tests/*.Tests; do
  run_project "$project"
done
[ ${#filter[@]} -gt 0 ] || check_counts
# What the simulation has to show (its speed, its seeds, the faults it made, the planted bugs it caught), how fast traffic left
# channels that failed and came back, how fast alerts are and what healthy hours raise, how fast the console is, and what a payment
# costs.
for figures in simulation routing alerts healthy console counts; do
  [ ! -f "TestResults/$figures.txt" ] || cat "TestResults/$figures.txt"
done
[ -z "$long" ] || [ ${#filter[@]} -gt 0 ] || try_mutants
if [ $((passed + failed)) -eq 0 ]; then
  count_broken "no test ran"
fi
[ "$failed" -eq 0 ] || repeat_failures
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
