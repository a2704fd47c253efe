#!/bin/sh
# What the real program posts is verified by the libraries of the standards themselves.
set -eu
cd "$(dirname "$0")/../../.."
. tests/e2e/lib.sh
data=$work/var

[ -d tests/e2e/webhook/node_modules ] ||
  npm ci --prefix tests/e2e/webhook --no-audit --no-fund >"$work/npm.log" 2>&1 || { cat "$work/npm.log" >&2; exit 1; }

WEBHOOK_SECRET=whsec_$(head -c 32 /dev/urandom | base64 -w 0)
export WEBHOOK_SECRET
start_receiver tests/e2e/webhook/receiver.mjs
cp -r config "$work/config"
printf '%s' "$WEBHOOK_SECRET" >"$work/secret"
webhook_channel city in/token-xyz
sed -i 's/{channel: file}/{channel: city}/' "$work/config/organisation.yaml"
start_zone
echo '{"enterprise": {"name": "示例"}, "event": {"cause": "wage_arrears", "behaviours": ["gate_block"],
  "workers_involved": 400, "noticed_at": "'"$(date -Iseconds)"'"}}' >"$work/alert.json"
check "a red alert is filed" as duty_officer exits 0 "$JINQIAO" file "$work/alert.json"

many() { [ "$(grep -c '"ok":true' "$work/received")" -ge 16 ]; }
repeats() { grep -q '"attempt":2' "$work/received"; }
check "sixteen departments and more receive it" eventually many
check "what was answered 503 comes again" eventually repeats
check "every signature and event is right, every repeat the same" sh -c "! grep '\"ok\":false' '$work/received'"
check "events name their kind" grep -q '"type":"cn.jinqiao.notice.' "$work/received"
check "neither address nor secret is in the log" sh -c "! grep -e token-xyz -e whsec_ '$work/daemon.log'"
check "it stops when asked" stop_daemon
check "nor in the database" sh -c "! grep -a -e token-xyz -e whsec_ '$data/jinqiao.db'"
finish
