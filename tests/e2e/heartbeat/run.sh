#!/bin/sh
# The sign of life reaches a real receiver, stops while a department takes no notice, and starts
# again; those in charge hear of it in between.
set -eu
cd "$(dirname "$0")/../../.."
. tests/e2e/lib.sh
data=$work/var

start_receiver tests/e2e/heartbeat/receiver.mjs "$work/refuse"
cp -r config "$work/config"
webhook_channel beat beat
webhook_channel city city
echo '    delivery: {pause: 500 ms, longest_pause: 1 s}' >>"$work/config/channels.yaml"
printf 'whsec_%s' "$(head -c 32 /dev/urandom | base64 -w 0)" >"$work/secret"
sed -i '/^departments:/,$ s/{channel: file}/{channel: city}/' "$work/config/organisation.yaml"
sed -i -e 's/^  every: 10 s /  every: 1 s /' -e 's/^  notice_limit: 15 min /  notice_limit: 1 s /' \
  -e 's/^  first_retry: 5 s /  first_retry: 1 s /' -e 's/^  longest_retry: 1 h /  longest_retry: 2 s /' \
  -e 's/# heartbeat: city_watchdog/heartbeat: beat/' "$work/config/service.yaml"
start_zone

ready() { says "$1" curl -s "$JINQIAO_URL/readyz"; }
told() { says "$1" sh -c "cat '$data'/spool/*/directory-n*.json"; } # looked for anew each time
beats() { grep -c '^/beat heartbeat taken' "$work/received"; }
more_than() { [ "$(beats)" -gt "$1" ]; }
check "signs of life arrive one after the other" eventually more_than 1
check "and it says that it is ready" ready '"ready":true.*"audit":true'

touch "$work/refuse"
echo '{"enterprise": {"name": "示例"}, "event": {"cause": "wage_arrears", "behaviours": ["gate_block"],
  "workers_involved": 400, "noticed_at": "'"$(date -Iseconds)"'"}}' >"$work/alert.json"
check "an alert is filed that the departments do not take" as duty_officer exits 0 "$JINQIAO" file "$work/alert.json"
check "it is found and said to whoever asks" eventually ready '"ready":false.*notice\.overdue'
check "those in charge are told" eventually told '系统自查发现异常：通知长时间未送达'
silent=$(beats)
# Three looks at the least: each would have given a sign.
waited() { [ "$(grep -c '^/city .* refused' "$work/received")" -ge "$1" ]; }
check "the departments are tried again" eventually waited $((2 + $(grep -c '^/city .* refused' "$work/received")))
check "no sign of life went out meanwhile" [ "$(beats)" -eq "$silent" ]

rm "$work/refuse"
check "once all of it is taken the signs of life begin again" eventually more_than "$silent"
check "and it is ready again" ready '"ready":true'
check "the end of the alarm is told" eventually told '恢复正常'
check "the metrics show no complaint" says '^jinqiao_audit_complaints 0' curl -s "$JINQIAO_URL/metrics"
check "nothing to confirm is said, not done" as supervisor exits 1 "$JINQIAO" clock confirm
check "who may not confirm is told so" as mediator says '403|无权|Not for this' "$JINQIAO" clock confirm
check "it stops when asked" stop_daemon
check "the history is whole" exits 0 "$JINQIAO" audit verify --data "$data"
finish
