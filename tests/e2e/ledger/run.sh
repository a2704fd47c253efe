#!/bin/sh
# Every kind of channel at work and in trouble: who was told by what is a ledger one can hand over,
# what reached nobody belongs to somebody, and nothing the program writes anywhere holds a secret.
set -eu
cd "$(dirname "$0")/../../.."
. tests/e2e/lib.sh
data=$work/var

echoing() { grep -q 'listening on' "$work/echo.out"; }
: >"$work/echo.out"
"$JINQIAO" --lang en channel serve-echo --log "$work/echo.log" >"$work/echo.out" 2>&1 &
echo=$!
trap 'kill "$echo" 2>/dev/null || true; kill_daemon; rm -rf "$work"' EXIT
eventually echoing || { cat "$work/echo.out" >&2; exit 1; }
base=http://127.0.0.1:$(sed -n 's/.*listening on [0-9.]*:\([0-9]*\).*/\1/p' "$work/echo.out")
script() { curl -fsS --data-binary "$1" "$base/echo/script" >/dev/null; }

# ---- one channel of each kind; whatever must not be seen holds the word hidden-xyz
mkdir "$work/secrets"
hide() { # NAME TEXT
  printf '%s\n' "$2" >"$work/secrets/$1"
}
hide wecom "$base/cgi-bin/webhook/send?key=hidden-xyz-wecom"
hide dingtalk "$base/robot/send?access_token=hidden-xyz-dingtalk"
hide dingtalk.sign SEChidden-xyz-dingtalk-sign
hide feishu "$base/open-apis/bot/v2/hook/hidden-xyz-feishu"
hide feishu.sign hidden-xyz-feishu-sign
hide app hidden-xyz-app
hide sms.id hidden-xyz-sms-id
hide sms hidden-xyz-sms
hide gateway hidden-xyz-gateway
hide webhook "$base/webhook/hidden-xyz-webhook"
hide webhook.sign whsec_aGlkZGVuLXh5ei1oaWRkZW4teHl6LWhpZGRlbi14eXo=
hide mail.user hidden-xyz-user
hide mail.password hidden-xyz-password
cp -r config "$work/config"
cat >>"$work/config/channels.yaml" <<YAML
  wecom: {kind: wecom, url: {file: $work/secrets/wecom}, allow_private: true}
  dingtalk: {kind: dingtalk, url: {file: $work/secrets/dingtalk}, secret: {file: $work/secrets/dingtalk.sign}, allow_private: true}
  feishu: {kind: feishu, url: {file: $work/secrets/feishu}, secret: {file: $work/secrets/feishu.sign}, allow_private: true}
  app: {kind: wecom_app, corp_id: ww1, agent_id: 7, secret: {file: $work/secrets/app}, base_url: $base, allow_private: true}
  sms:
    kind: sms
    provider: aliyun
    access_key_id: {file: $work/secrets/sms.id}
    access_key_secret: {file: $work/secrets/sms}
    sign_name: 金桥
    base_url: $base/aliyun
    allow_private: true
    templates: {default: SMS_1}
    variables: {SMS_1: {level: grade, number: number}}
  gateway:
    kind: http
    plain_url: $base/http/send
    allow_private: true
    secrets: {token: {file: $work/secrets/gateway}}
    headers: {X-Token: "{{secret.token}}"}
    body: '{"to": "{{address}}", "text": "{{text}}"}'
  city:
    kind: webhook
    url: {file: $work/secrets/webhook}
    secret: {file: $work/secrets/webhook.sign}
    allow_private: true
  nowhere:
    kind: smtp
    server: 127.0.0.1
    port: 9
    tls: starttls
    allow_private: true
    user: {file: $work/secrets/mail.user}
    password: {file: $work/secrets/mail.password}
    from: alerts@zone.example
    delivery: {first_retry: 1 s, longest_retry: 1 s, give_up_after: 2 s, pause: 200 ms, longest_pause: 500 ms}
YAML
# The departments take turns among the channels; people, and the desk of the
# court, have mail only, which goes nowhere.
awk '
  BEGIN {
    count = split("{channel: wecom};{channel: dingtalk};{channel: feishu};{channel: app, address: lisi};" \
      "{channel: sms, address: \"13812345678\"};{channel: gateway, address: \"13912345678\"};" \
      "{channel: city};{channel: nowhere, address: desk@zone.example}", ways, ";")
  }
  /- id:/ { court = /desk_court/ }
  court { sub(/[{]channel: file[}]/, "{channel: nowhere, address: court@zone.example}") }
  /^departments:/ { departments = 1 }
  departments && /[{]channel: file[}]/ && n < count { sub(/[{]channel: file[}]/, ways[++n]) }
  { print }' config/organisation.yaml >"$work/config/organisation.yaml"
script 'next wecom: errcode 45009'
script 'next dingtalk: status 500'
script 'next http: reset'
sed -i 's/{channel: file}/{channel: nowhere, address: somebody@zone.example}/' "$work/config/demo/zone.yaml"
check "the configuration is fit for use" exits 0 "$JINQIAO" check --config "$work/config"
check "a zone is put in" exits 0 "$JINQIAO" seed --config "$work/config" --data "$data" "$work/config/demo/zone.yaml"
check "the daemon starts" start_daemon "$work/config" "$data"
echo '{"enterprise": {"name": "示例"}, "event": {"cause": "wage_arrears", "behaviours": ["gate_block"],
  "workers_involved": 400, "noticed_at": "'"$(date -Iseconds)"'"}}' >"$work/alert.json"
check "a red alert is filed" as duty_officer exits 0 "$JINQIAO" --json file "$work/alert.json"
case=$(grep -o '"number":"[^"]*"' "$work/check.out" | head -n 1 | cut -d'"' -f4)

ledger() { as auditor "$JINQIAO" --lang en case ledger "$case" "$@"; }
told() { # CHANNEL: something by it has arrived
  ledger 2>/dev/null | grep "\"$1\"" | grep -q '"delivered"'
}
for channel in dingtalk feishu app sms gateway city; do
  check "by $channel it arrives, whatever went wrong before" eventually told $channel
done
check "the ledger is saved as a file" exits 0 ledger --output "$work/ledger.csv"
check "and as a page to print" exits 0 ledger --format html --output "$work/ledger.html"
check "it has its heading" grep -q 'notice","made at","event"' "$work/ledger.csv"
check "the limit that was used up is on record" grep -q '"45009"' "$work/ledger.csv"
check "and what it means" grep -q '"too many messages for this robot"' "$work/ledger.csv"
as auditor "$JINQIAO" --lang zh case ledger "$case" --output "$work/ledger.zh.csv"
check "in Chinese too" grep -q '"该机器人发送过于频繁"' "$work/ledger.zh.csv"
check "numbers are half hidden" grep -q '"138\*\*\*\*5678"' "$work/ledger.csv"
check "and nowhere whole" sh -c "! grep -q 13812345678 '$work/ledger.csv' '$work/ledger.html'"
check "what was said has a digest" grep -qE '"alert [0-9a-f]{16}","[0-9a-f]{64}"' "$work/ledger.csv"
check "the page names the digest of the file" grep -q "$(sha256sum "$work/ledger.csv" | cut -d' ' -f1)" "$work/ledger.html"
check "no script is in it" sh -c "! grep -qi '<script' '$work/ledger.html'"
check "an administrator reads no case" as administrator exits 1 "$JINQIAO" case ledger "$case"

# ---- what reached nobody
letters() { as supervisor "$JINQIAO" --json dead-letters "$@"; }
lost() { letters list | grep -q '"channel":"nowhere"'; }
check "what could not be delivered is a dead letter" eventually lost
letter=$(letters list | grep -o '"delivery":"[^"]*"' | head -n 1 | cut -d'"' -f4)
check "it belongs to the fallback desk" says 'fallback_desk' letters list
check "its address is not shown" sh -c "! '$JINQIAO' --json dead-letters list | grep -q desk@zone"
check "to drop it wants a reason" says 'Please say how' as supervisor "$JINQIAO" --lang en dead-letters settle "$letter" --how dropped
check "it is sent again by hand" exits 0 letters settle "$letter" --how resent
check "and is a dead letter again" eventually lost
check "somebody calls instead" exits 0 letters settle "$letter" --how told --reason 电话已告知
check "once is enough" exits 1 letters settle "$letter" --how told --reason 再次
check "a department sees none of them" as "department:hrss" exits 1 "$JINQIAO" dead-letters list
check "it is over" says '"more":false' letters list

# ---- nobody's secret anywhere
as auditor "$JINQIAO" --json case notices "$case" >"$work/seen.notices"
as administrator "$JINQIAO" --json config show --config "$work/config" >"$work/seen.config" 2>&1
curl -fsS "$JINQIAO_URL/metrics" >"$work/seen.metrics"
curl -fsS "$JINQIAO_URL/readyz" >"$work/seen.readyz" || true
"$JINQIAO" --json channel list --config "$work/config" >"$work/seen.channels"
"$JINQIAO" channel test nowhere --address a@b.example --config "$work/config" --data "$work/other" >"$work/seen.test" 2>&1 || true
as administrator curl -fsS -H "Authorization: Bearer $(token administrator "$data")" "$JINQIAO_URL/api/v1/config" >"$work/seen.api"
check "the daemon stops when asked" stop_daemon
check "the history is whole" exits 0 "$JINQIAO" audit verify --data "$data"
cp "$work/daemon.log" "$work/seen.log"
hidden=0
for secret in "$work"/secrets/*; do
  # An address is a credential for what stands behind the host; a user name for itself.
  value=$(sed 's#.*\(hidden-xyz[a-z-]*\).*#\1#' "$secret")
  hidden=$((hidden + 1))
  check "not a trace of $(basename "$secret")" sh -c "! grep -ra -e '$value' '$data' '$work'/seen.* '$work'/ledger.*"
done
check "all of them were looked for" test "$hidden" -eq 13
finish
