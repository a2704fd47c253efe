#!/bin/sh
# Every test of the project: run.sh [long]. Installs what is missing, builds, runs; the last line is
# "N passed, N failed" over all parts, and the lines before it name what failed. A part that cannot
# even be built counts as one failure.
#
#   default  unit, contract and scenario tests, end-to-end scripts, layout; every unit test again
#            under ASan and UBSan, the threaded ones under TSan
#   long     also the lint, the scanners, every story of the console in every setting, 300 kills, the whole replay in memory and on disk, and the benchmarks.
#            JINQIAO_DISPUTES=FILE.csv names the disputes, by default ../shared/data/disputes.csv;
#            JINQIAO_OPEN_CASES=N how many cases are open beside what is measured, by default 100000
#            (a million takes 12 GB, and as much again while W1 runs on a copy), and
#            JINQIAO_STOCK=DIR where they are kept for the next time; otherwise they are not kept
set -u
cd "$(dirname "$0")/.."
tier=${1:-default}
logs=build/logs
passed=0
failed=0
began=$(date +%s)
mkdir -p "$logs"
: >"$logs/failures"

part() {
  part=$1
  printf '\n== %s (%s s)\n' "$1" "$(($(date +%s) - began))"
}

add() { # PASSED FAILED [what the log calls a failure]
  passed=$((passed + $1))
  failed=$((failed + $2))
  echo "   $1 passed, $2 failed"
  [ "$2" -eq 0 ] || printf '%s: %s\n' "$part" "${3:-failed}" >>"$logs/failures"
}

# Numbers of a pattern, added up.
total() { sed -n "$1" "$2" | awk '{sum += $1} END {print sum + 0}'; }

one() { # NAME command…: a part that holds or does not
  name=$1
  shift
  part "$name"
  if "$@" >"$logs/one.log" 2>&1; then add 1 0; else tail -n 40 "$logs/one.log"; add 0 1; fi
}

# A tree that was never built is compiled eight files at a time, in half the time; `long` compiles one
# at a time, which also proves that each file includes what it uses. A tree stays as it was set up.
at_a_time() { # PRESET
  [ -e "build/$1/CMakeCache.txt" ] || [ "$tier" = long ] ||
    echo -DCMAKE_UNITY_BUILD=ON -DCMAKE_UNITY_BUILD_BATCH_SIZE=8
}

build() { # PRESET [target…]
  preset=$1
  shift
  part "build $preset"
  # shellcheck disable=SC2046 # one word an option
  cmake --preset "$preset" $(at_a_time "$preset") >"$logs/$preset.log" 2>&1 &&
    cmake --build --preset "$preset" ${1:+--target "$@"} >>"$logs/$preset.log" 2>&1 && return 0
  grep -E -A 8 'error|FAILED|CMake Error' "$logs/$preset.log" | head -n 60
  add 0 1
  return 1
}

# Only the targets that exist: a program whose folders are empty is not built.
existing() { # PRESET pattern
  cmake --preset "$1" >/dev/null 2>&1 || return 0
  ninja -C "build/$1" -t targets all 2>/dev/null | sed -n "s/^\($2\): phony\$/\1/p" | sort -u
}

# Some programs take minutes, each of them on one core.
unit() { # PRESET [ctest option…]
  preset=$1
  shift
  part "tests $preset"
  ctest --test-dir "build/$preset" -V "$@" >"$logs/$preset.test.log" 2>&1
  status=$?
  good=$(total 's/.*\[  PASSED  \] \([0-9]*\) tests\{0,1\}\..*/\1/p' "$logs/$preset.test.log")
  bad=$(total 's/.*\[  FAILED  \] \([0-9]*\) tests\{0,1\}, listed below.*/\1/p' "$logs/$preset.test.log")
  [ "$status" -eq 0 ] || [ "$bad" -gt 0 ] || bad=1
  [ "$bad" -eq 0 ] || grep -E 'FAILED|Failure|ERROR|WARNING: Thread|runtime error|\*\*\*' -A 6 "$logs/$preset.test.log" | head -n 80
  add "$good" "$bad" "$(sed -n 's/.*\[  FAILED  \] \([A-Za-z_]*\.[A-Za-z_/0-9]*\).*/\1/p' "$logs/$preset.test.log" | sort -u | tr '\n' ' ')"
}

script() { # NAME command…: prints "N passed, N failed" itself
  name=$1
  shift
  part "$name"
  "$@" >"$logs/script.log" 2>&1
  status=$?
  good=$(total 's/^\([0-9]*\) passed, [0-9]* failed$/\1/p' "$logs/script.log")
  bad=$(total 's/^[0-9]* passed, \([0-9]*\) failed$/\1/p' "$logs/script.log")
  [ "$status" -eq 0 ] || [ "$bad" -gt 0 ] || bad=1
  [ "$bad" -eq 0 ] || tail -n 60 "$logs/script.log"
  add "$good" "$bad" "$(sed -n 's/^FAILED: //p' "$logs/script.log" | tr '\n' ';')"
}

bench() { # NAME command…: shows its figures
  name=$1
  shift
  one "bench: $name" "$@"
  cat "$logs/one.log"
}

layout() {
  find engine workflows config adapters tests -name node_modules -prune -o \
    \( -name '*.h' -o -name '*.cc' \) -print | xargs clang-format-14 --dry-run -Werror
}

# Not the tables of the state machine: they take gigabytes to read and are declarations only.
lint() {
  find engine workflows config adapters -name '*.cc' -not -name machine.cc |
    xargs -P 2 -n 4 clang-tidy-14 -p build/dev --quiet
}

scripts() { find config tests -name '*.sh' -not -path '*/node_modules/*' -exec dash -n {} \;; }

part packages
sh config/install-packages.sh build test $([ "$tier" = long ] && echo long) || { add 0 1; echo "$passed passed, $failed failed"; exit 1; }

if build dev; then
  unit dev -j "$(nproc)"
  JINQIAO=build/dev/jinqiao
  export JINQIAO
  script "end to end: command line" sh tests/e2e/cli/run.sh
  script "end to end: terminal" sh tests/e2e/cli/terminal.sh
  script "end to end: webhook" sh tests/e2e/webhook/run.sh
  script "end to end: gateway" sh tests/e2e/gateway/run.sh
  script "end to end: providers" sh tests/e2e/providers/run.sh
  script "end to end: ledger" sh tests/e2e/ledger/run.sh
  script "end to end: mail" sh tests/e2e/smtp/run.sh
  script "end to end: wires" sh tests/e2e/wires/run.sh
  script "end to end: answers by mail" sh tests/e2e/mail_in/run.sh
  script "end to end: calendar" sh tests/e2e/calendar/run.sh
  script "end to end: heartbeat" sh tests/e2e/heartbeat/run.sh
  script "end to end: reload" sh tests/e2e/reload/run.sh
  script "end to end: single sign-on" sh tests/e2e/oidc/run.sh
  script "end to end: first passwords" sh tests/e2e/first_passwords.sh
  script "end to end: slow clients" sh tests/e2e/slow_clients/run.sh $([ "$tier" = long ] && echo 10 3)
  script "end to end: drill" sh tests/e2e/drill.sh
  script "end to end: backup" sh tests/e2e/backup.sh
  script "end to end: replay" sh tests/e2e/replay.sh
  script "end to end: API" sh tests/e2e/api/run.sh "$([ "$tier" = long ] && echo 20000 || echo 1500)"
  script "end to end: kills" sh tests/e2e/kill_loop/run.sh "$([ "$tier" = long ] && echo 300 || echo 5)"
  if [ "$tier" = long ]; then
    script "end to end: console, every story in every setting" env STORIES=all sh tests/e2e/console/run.sh
    script "end to end: console, Lighthouse" node tests/e2e/console/lighthouse.mjs
    script "scanners" sh tests/e2e/scan/run.sh
  else
    script "end to end: console" sh tests/e2e/console/run.sh
    script "end to end: console, Lighthouse" node tests/e2e/console/lighthouse.mjs fast
  fi
  # Counts and that nothing is lost, no seconds.
  one "benches, in small: alarms" build/dev/tests/bench/daemon/alarm_bench --seconds 0.2 --in-flight 1,4
  one "benches, in small: restart" build/dev/tests/bench/daemon/restart_bench --cases 300 --runs 1 --settle 0 --grow-from 0
  one "benches, in small: lists" build/dev/tests/bench/daemon/list_bench --cases 300 --times 1
  [ "$tier" != long ] || one lint lint
fi
one layout layout
one scripts scripts

sanitized() { # PRESET pattern: the programs of that name under the preset's sanitizer
  units=$(existing "$1" "$2")
  # shellcheck disable=SC2086 # one word a target
  [ -n "$units" ] && build "$1" $units || return 0
  unit "$1" -j "$(nproc)" -R "^($(echo $units | tr ' ' '|'))\$"
}
sanitized asan 'unit_[a-z_]*'
sanitized tsan 'unit_\(runtime\|notify\|echo\)'

if [ "$tier" = long ]; then
  disputes=${JINQIAO_DISPUTES:-../shared/data/disputes.csv}
  if [ -f "$disputes" ]; then
    script "replay of $disputes" sh tests/e2e/replay.sh "$disputes"
    one "bench: replay" build/dev/tests/bench/replay/replay_bench --input "$disputes" --rows 300
    cat "$logs/one.log"
  else
    echo "SKIPPED: the whole replay and its bench need $disputes" >&2
  fi
  one "mutants of the configuration" env JINQIAO_MUTANTS=5 build/dev/tests/simulation --gtest_filter='Mutants.*'
  sed -n '/mutants; harmful/,/cases confirmed/p' "$logs/one.log"
  benches=build/dev/tests/bench
  open=${JINQIAO_OPEN_CASES:-100000}
  bench store $benches/store/store_bench
  bench "W1, the API" $benches/http/http_bench
  bench "W2, alarms" $benches/daemon/alarm_bench
  bench "ten thousand cases by sixteen departments" $benches/daemon/alarm_bench --alerts 10000 --in-flight 32
  bench "W3, ten thousand timers in a second and at one instant" $benches/timers/timers_bench \
    --pending 100000 --rate 10000 --seconds 1 --at-once 10000
  bench "W3, a thousand timers a second" $benches/timers/timers_bench --pending "$open" --rate 1000 --seconds 20 --at-once 0
  bench "W4 and W5, restart and memory" $benches/daemon/restart_bench --cases "$open" ${JINQIAO_STOCK:+--stock "$JINQIAO_STOCK"}
  bench "lists" $benches/daemon/list_bench ${JINQIAO_STOCK:+--stock "$JINQIAO_STOCK"}
fi

echo
cat "$logs/failures"
echo "took $(($(date +%s) - began)) s"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
