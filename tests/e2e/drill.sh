#!/bin/sh
# An exercise goes by every channel a real alert would, is marked wherever a person looks, and leaves
# the figures as they were.
set -eu
cd "$(dirname "$0")/../.."
. tests/e2e/lib.sh
data=$work/var

start_receiver tests/e2e/heartbeat/receiver.mjs "$work/refuse"
cp -r config "$work/config"
printf 'whsec_%s' "$(head -c 32 /dev/urandom | base64 -w 0)" >"$work/secret"
webhook_channel city city
sed -i '/^departments:/,$ {/id: police/,/contacts:/ s/{channel: file}/{channel: city}/}' "$work/config/organisation.yaml"
start_zone

drill() { "$JINQIAO" drill --cause wage_arrears --workers 300 --behaviour gate_block --wait 3 "$@"; }
metric() { says "^jinqiao_$1 $2\$" curl -s "$JINQIAO_URL/metrics"; }
shown() { as duty_officer says "$@"; }

check "a drill reaches everybody" as duty_officer exits 0 drill
check "departments have it by their own channel" grep -q '^/city .* taken exercise: 【演练】' "$work/received"
number=$(as duty_officer "$JINQIAO" case list --json | sed -n 's/.*"number":"\(JX-[^"]*\)".*/\1/p')
check "it is numbered apart" says '^JX-[0-9]{4}-000001$' echo "$number"
check "it has ended by itself" shown 'withdrawn' "$JINQIAO" case show "$number" --json
check "every file says that it is one" sh -c "! grep -L '\"exercise\":true' '$data'/spool/*/*.json | grep ."
check "and so does every text" sh -c "! grep -L '【演练】' '$data'/spool/*/*.json | grep ."
link=$(grep -ho '"sign_url":"http[^"]*' "$data"/spool/*/*.json | head -n 1 | sed 's/.*"sign_url":"//; s|^http://[^/]*||')
check "so does the page to sign on" says 'class="banner">【演练】' curl -s -H 'Accept-Language: zh-CN' "$JINQIAO_URL$link"
check "the case says so" shown "$number 【演练】" "$JINQIAO" --lang zh-CN case show "$number"
check "the list says so" shown "$number \[EXERCISE\]" "$JINQIAO" --lang en case list
check "real cases can be listed alone" as duty_officer sh -c "! $JINQIAO case list --no-exercises | grep -q JX-"
check "and exercises" shown 'JX-' "$JINQIAO" case list --exercises
check "no open case is counted" metric open_cases 0
check "nor an exercise that has ended" metric open_exercises 0

# The same enterprise, as an exercise and then in earnest.
check "a drill that is played on" shown '继续进行|goes on' drill --keep --enterprise 示例甲
check "is counted as what it is" metric open_exercises 1
echo '{"enterprise": {"name": "示例甲"}, "event": {"cause": "wage_arrears", "workers_involved": 5,
  "noticed_at": "'"$(date -Iseconds)"'"}}' >"$work/alert.json"
check "a real alert is no second incident" shown '"links":\[\]' "$JINQIAO" file "$work/alert.json" --json
check "and is counted" metric open_cases 1

touch "$work/refuse"
check "who was not reached is told" as duty_officer says 'Public Security|公安' sh -c \
  "$JINQIAO drill --cause wage_arrears --workers 300 --behaviour gate_block --wait 2 | grep -E '未送达|NOT REACHED'"
check "and is a failure" as duty_officer exits 1 drill
check "as JSON too" as duty_officer says '"not_reached":\["department:police' drill --json
check "who may not file may not drill" as auditor exits 1 drill
check "it stops when asked" stop_daemon
check "the history is whole" exits 0 "$JINQIAO" audit verify --data "$data"
finish
