#!/bin/sh
# serve-echo checks signatures as the providers do: their own libraries are the senders it is proven
# with. Then the program's own messages are sent to it, by `channel test` and by the daemon.
set -eu
cd "$(dirname "$0")/../../.."
. tests/e2e/lib.sh
data=$work/var
here=tests/e2e/providers

[ -d $here/node_modules ] ||
  npm ci --prefix $here --ignore-scripts --no-audit --no-fund >"$work/npm.log" 2>&1 || { cat "$work/npm.log" >&2; exit 1; }

printf 'aliyun-secret-xyz\n' >"$work/aliyun.secret"
printf 'tencent-secret-xyz\n' >"$work/tencent.secret"
printf 'another-secret-xyz\n' >"$work/wrong.secret"
printf 'key-id\n' >"$work/id"

# ---- the counterpart, and who else speaks to it
echoing() { grep -q 'listening on' "$work/echo.out"; }
start_echo() { # option…
  : >"$work/echo.out"
  "$JINQIAO" --lang en channel serve-echo --log "$work/echo.log" "$@" >"$work/echo.out" 2>&1 &
  echo=$!
  trap 'kill "$echo" 2>/dev/null || true; kill_daemon; rm -rf "$work"' EXIT
  eventually echoing || { cat "$work/echo.out" >&2; return 1; }
  port=$(sed -n 's/.*listening on [0-9.]*:\([0-9]*\).*/\1/p' "$work/echo.out")
}
stop_echo() { # answers its exit code
  kill -TERM "$echo"
  wait "$echo"
}
printf 'SEC-dingtalk-secret-xyz\n' >"$work/dingtalk.secret"
printf 'feishu-secret-xyz\n' >"$work/feishu.secret"
printf 'wecom-secret-xyz\n' >"$work/wecom_app.secret"
printf 'whsec_%s\n' "$(head -c 32 /dev/urandom | base64 -w 0)" >"$work/webhook.secret"
start_echo --secret "aliyun=$work/aliyun.secret" --secret "tencent=$work/tencent.secret" \
  --secret "dingtalk=$work/dingtalk.secret" --secret "feishu=$work/feishu.secret" \
  --secret "wecom_app=$work/wecom_app.secret" --secret "webhook=$work/webhook.secret"
sent() { # HOW SECRET [honest | tamper]
  node $here/send.mjs "$1" "$port" "$2" ${3:+"$3"}
}
for how in aliyun-v3 aliyun-v1 tencent; do
  name=${how%%-*}
  right=$name-secret-xyz
  refused='^SignatureDoesNotMatch$'
  [ $how = tencent ] && refused='^AuthFailure.SignatureFailure$'
  check "$how: what the provider's library signs is taken" says '^O[Kk]$' sent $how "$right"
  check "$how: another secret is refused" says "$refused" sent $how wrong
  check "$how: it gets through a relay as it is" says '^O[Kk]$' sent $how "$right" honest
  check "$how: but not changed" says "$refused" sent $how "$right" tamper
done

# ---- one message by the program
cp -r config "$work/config"
messages() { # NAME PROVIDER SECRETFILE CODE VARIABLES [more]
  cat >>"$work/config/channels.yaml" <<YAML
  $1:
    kind: sms
    provider: $2
    access_key_id: {file: $work/id}
    access_key_secret: {file: $work/$3}
    sign_name: 金桥
    base_url: http://127.0.0.1:$port/$2
    allow_private: true
    templates: {default: $4}
    variables: {$4: $5}
    ${6:-}
YAML
}
messages now aliyun aliyun.secret SMS_1 '{level: grade, number: number}'
messages older aliyun aliyun.secret SMS_1 '{level: grade, number: number}' 'signature: v1'
messages other tencent tencent.secret '"1110"' '{1: grade, 2: number}' 'sdk_app_id: "1400006666"
    delivery: {first_retry: 1 s, pause: 1 s}'
messages stolen aliyun wrong.secret SMS_1 '{level: grade}'
robot() { # NAME KIND PATH SECRETFILE: a channel whose address is its credential
  printf 'http://127.0.0.1:%s/%s' "$port" "$3" >"$work/$1.url"
  cat >>"$work/config/channels.yaml" <<YAML
  $1:
    kind: $2
    url: {file: $work/$1.url}
    allow_private: true
    ${4:+secret: {file: $work/$4\}}
YAML
}
robot wecom_robot wecom 'wecom/cgi-bin/webhook/send?key=token-xyz'
robot dingtalk_robot dingtalk 'dingtalk/robot/send?access_token=token-xyz' dingtalk.secret
robot feishu_robot feishu feishu/open-apis/bot/v2/hook/token-xyz feishu.secret
robot feishu_other feishu feishu/open-apis/bot/v2/hook/token-xyz wrong.secret
robot city webhook in/token-xyz webhook.secret
cat >>"$work/config/channels.yaml" <<YAML
  members:
    kind: wecom_app
    corp_id: ww0000000000000000
    agent_id: 1000002
    secret: {file: $work/wecom_app.secret}
    base_url: http://127.0.0.1:$port
    allow_private: true
YAML
try() { # CHANNEL [option…]
  chosen=$1
  shift
  "$JINQIAO" --lang en channel test "$chosen" --config "$work/config" --data "$data" "$@"
}
script() { curl -fsS --data-binary "$1" "http://127.0.0.1:$port/echo/script"; }
for channel in now older other; do
  check "a message goes out by $channel" exits 0 try $channel --address 13812345678
done
for channel in wecom_robot dingtalk_robot feishu_robot city members; do
  check "a message goes out by $channel" exits 0 try $channel --address zhangsan
done
check "a robot's wrong secret is found out" says '19021' try feishu_other --address zhangsan
check "what had to be signed was checked" test "$(grep -cE '(dingtalk|feishu|webhook) 200 ok,.*signature checked' "$work/echo.log")" -eq 3
check "and says each step" says 'Taken: code Ok, [0-9]+ ms' try other --address 13812345678
check "its number is not shown" says '138\*\*\*\*5678' try now --address 13812345678
check "it says that it is an exercise" grep -q '演练' "$work/echo.log"
check "a wrong key is named, and what to do" says 'access_key_secret and the host' try stolen --address 13812345678
check "and is exit code 3" exits 3 try stolen --address 13812345678
check "no number is exit code 2" exits 2 try now --address desk
check "neither is a channel nobody configured a success" exits 1 try nothing --address 13812345678
script 'next aliyun: errcode isv.MOBILE_NUMBER_ILLEGAL' >/dev/null
check "what is refused for good is exit code 1" exits 1 try now --address 13812345678
script 'next tencent: refuse 0001 FailedOperation.PhoneNumberInBlacklist' >/dev/null
check "each number is told of" says '139\*\*\*\*0001: refused' try other --address 13812345678,13900000001
script 'next: reset' >/dev/null
check "an answer that never came is nobody's success" says 'Nobody knows' try now --address 13812345678
check "channels are listed" says 'older +sms' "$JINQIAO" --lang en channel list --config "$work/config"
check "and nothing secret with them" sh -c "! '$JINQIAO' channel list --json --config '$work/config' | grep -e xyz -e 127.0.0.1"
check "a person's mistake is told" exits 2 "$JINQIAO" channel serve-echo --listen 0.0.0.0:0

# ---- the daemon
sed -i 's/{channel: file}/{channel: other, address: "13800000000,13900000001"}/' "$work/config/organisation.yaml"
script 'next 2 tencent: 429 retry-after 1' >/dev/null
before=$(wc -l <"$work/echo.log")
since() { tail -n "+$((before + 1))" "$work/echo.log"; }
start_zone
echo '{"enterprise": {"name": "示例"}, "event": {"cause": "wage_arrears", "behaviours": ["gate_block"],
  "workers_involved": 400, "noticed_at": "'"$(date -Iseconds)"'"}}' >"$work/alert.json"
check "a red alert is filed" as duty_officer exits 0 "$JINQIAO" file "$work/alert.json"
many() { [ "$(since | grep -c 'tencent.* ok, 2 number')" -ge 16 ]; }
check "sixteen departments and more are told, both numbers of each" eventually many
since >"$work/daemons"
check "two were answered that it was too much" test "$(grep -c '\[429\]' "$work/daemons")" -eq 2
check "no message was signed wrong" sh -c "! grep -e SignatureFailure -e 'NOT checked' '$work/daemons'"
check "numbers go by in the log half hidden" sh -c "! grep -e 13800000000 -e 13900000001 '$work/echo.log'"
check "no secret is in a log" sh -c "! grep -e secret-xyz -e token-xyz -e whsec_ '$work/daemon.log' '$work/echo.log' '$work/echo.out'"
check "the daemon stops when asked" stop_daemon
check "nor is one in the database" sh -c "! grep -a secret-xyz '$data/jinqiao.db'"
check "the counterpart stops when asked" stop_echo

# ---- the same secrets as the channels
start_echo --config "$work/config"
check "it reads the channels' own secrets" says 'checked of: aliyun, dingtalk, feishu, tencent, webhook, wecom_app' cat "$work/echo.out"
check "and is good with them" says '^OK$' sent aliyun-v3 aliyun-secret-xyz
check "and with no other" says '^SignatureDoesNotMatch$' sent aliyun-v3 stranger
finish
