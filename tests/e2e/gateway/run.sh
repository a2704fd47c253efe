#!/bin/sh
# The channel that adapters/notify/README.md makes in YAML, as it stands there, in the real program.
set -eu
cd "$(dirname "$0")/../../.."
. tests/e2e/lib.sh
data=$work/var
SMS_GATEWAY_TOKEN=token-xyz12
export SMS_GATEWAY_TOKEN

python3 tests/e2e/gateway/gateway.py "$work/port" >"$work/received" &
gateway=$!
trap 'kill "$gateway" 2>/dev/null || true; kill_daemon; rm -rf "$work"' EXIT
check "the gateway listens" eventually test -s "$work/port"

cp -r config "$work/config"
sed -n '/^## Adding a channel in YAML/,/^## / { /^```yaml/,/^```/ p; }' adapters/notify/README.md |
  sed -e '/^```/d' -e '/^channels:/d' -e "s#http://10.8.0.5:8090#http://127.0.0.1:$(cat "$work/port")#" \
    >>"$work/config/channels.yaml"
sed -i 's/{channel: file}/{channel: sms_gateway, address: "13800000000"}/' "$work/config/organisation.yaml"
sed -i 's/^  first_retry: 5 s /  first_retry: 1 s /' "$work/config/service.yaml"
start_zone
echo '{"enterprise": {"name": "示例"}, "event": {"cause": "wage_arrears", "behaviours": ["gate_block"],
  "workers_involved": 400, "noticed_at": "'"$(date -Iseconds)"'"}}' >"$work/alert.json"
check "a red alert is filed" as duty_officer exits 0 "$JINQIAO" file "$work/alert.json"

many() { [ "$(grep -c '^taken 13800000000 same' "$work/received")" -ge 16 ]; }
check "sixteen departments and more are told, each at the second attempt" eventually many
check "no repeat differs from the first attempt" sh -c "! grep different '$work/received'"
check "the token is not in the log" sh -c "! grep token-xyz '$work/daemon.log'"
check "it stops when asked" stop_daemon
check "nor in the database" sh -c "! grep -a token-xyz '$data/jinqiao.db'"
finish
