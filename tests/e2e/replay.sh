#!/bin/sh
# Disputes through the whole engine: replay.sh [FILE.csv], without a file made-up rows. Two runs of
# one seed agree, in memory and on disk; nothing is forgotten; the history of a run is whole.
set -eu
cd "$(dirname "$0")/../.."
. tests/e2e/lib.sh
input=${1:-}
if [ -z "$input" ]; then
  input=$work/rows.csv
  sh tests/e2e/cli/make_rows.sh 40 >"$input"
fi
check "a replay runs and forgets nobody" sh -c "'$JINQIAO' replay --config config --input '$input' --seed 7 --json >'$work/one.json'"
check "again, with a database" sh -c "'$JINQIAO' replay --config config --input '$input' --seed 7 --store '$work/replay.db' --json >'$work/two.json'"
check "no case is forgotten" grep -q '"forgotten":0,' "$work/one.json"
digest() { sed -n 's/.*"digest":"\([0-9a-f]*\)".*/\1/p' "$1"; }
check "equal seeds give equal digests" test "$(digest "$work/one.json")" = "$(digest "$work/two.json")"
mkdir "$work/audit"
for file in "$work"/replay.db*; do mv "$file" "$work/audit/jinqiao.db${file##*replay.db}"; done
check "its history is whole" exits 0 "$JINQIAO" audit verify --data "$work/audit"
# People who do not do their work: the run ends, nobody is forgotten, and the report says what broke.
sh tests/e2e/cli/make_rows.sh 6 >"$work/few.csv"
for people in idle late dead-department turnover; do
  check "people $people: nobody is forgotten" sh -c "'$JINQIAO' replay --config config --input '$work/few.csv' --people $people --days 10 --json >'$work/$people.json'"
  check "people $people: said so" grep -q "\"people\":\"$people\"" "$work/$people.json"
done
check "what nobody touched is with the fallback desk" grep -q '"watched_by":{"fallback_desk":6}' "$work/idle.json"
check "the report names what broke" sh -c "'$JINQIAO' replay --config config --input '$work/few.csv' --people dead-department --dead justice --days 10 --lang zh | grep -q 司法局始终不响应"
check "unknown people are wrong usage" exits 2 "$JINQIAO" replay --config config --input "$work/few.csv" --people lazy
check "an unknown department is wrong usage" exits 2 "$JINQIAO" replay --config config --input "$work/few.csv" --people dead-department --dead nobody
# A year of a zone that has no disputes of its own to play.
check "a year is made up and forgets nobody" sh -c "'$JINQIAO' replay --config config --year 2026 --json >'$work/year.json'"
check "it has as many cases as a zone" grep -q '"cases":29,' "$work/year.json"
check "and ends all of them" grep -q '"open":0,' "$work/year.json"
check "a file or a year is needed" exits 2 "$JINQIAO" replay --config config
sed 's/,"forgotten_cases.*"looks"/,"looks"/' "$work/one.json" >&2
finish
