#!/bin/sh
# People answer a notice by mail: the program's own mail names where to, and what comes back, written
# by programs nobody here wrote, signs for it or is noted with the case. Machines sign nothing.
set -eu
cd "$(dirname "$0")/../../.."
. tests/e2e/lib.sh
data=$work/var

[ -d tests/e2e/mail_in/node_modules ] ||
  npm ci --prefix tests/e2e/mail_in --no-audit --no-fund >"$work/npm.log" 2>&1 || { cat "$work/npm.log" >&2; exit 1; }

mkdir "$work/mail" "$work/drop" "$work/drop/new"
python3 tests/e2e/mail_in/post.py "$work/port" "$work/mail" &
receiver=$!
trap 'kill "$receiver" 2>/dev/null || true; kill_daemon; rm -rf "$work"' EXIT
check "the mail server listens" eventually test -s "$work/port"
cp -r config "$work/config"
cat >>"$work/config/channels.yaml" <<YAML
  mail:
    kind: smtp
    server: 127.0.0.1
    tls: none
    port: $(cat "$work/port")
    from: alerts@zone.example
    reply_to: desk@zone.example
    reply_to_tokens: duty@zone.example
    allow_private: true
YAML
for department in hrss police justice housing tax; do
  sed -i "/^  - id: $department\$/,/contacts:/ s/contacts: .*/contacts: [{channel: mail, address: $department@zone.example}]/" "$work/config/organisation.yaml"
done
start_zone
echo '{"enterprise": {"name": "示例电子（上海）有限公司"}, "event": {"cause": "wage_arrears", "behaviours": ["gate_block"],
  "workers_involved": 400, "noticed_at": "'"$(date -Iseconds)"'"}}' >"$work/alert.json"
number=$(as duty_officer "$JINQIAO" file "$work/alert.json" --json | sed -n 's/.*"number":"\(JQ[^"]*\)".*/\1/p')
check "an alert is filed" test -n "$number"

address() { # DEPARTMENT: where its mail says that answers go
  python3 -c 'import email, email.utils, sys
print(email.utils.parseaddr(email.message_from_file(sys.stdin)["Reply-To"])[1])' <"$work/mail/$1@zone.example.eml"
}
came() { eventually test -s "$work/mail/$1@zone.example.eml"; }
state() { # DEPARTMENT STATE
  as duty_officer "$JINQIAO" case show "$number" --json | sed 's/"addressee":/\n&/g' |
    grep "^\"addressee\":\"department:$1\".*\"task\":\"alert\"" | grep -q "\"state\":\"$2\""
}
mail_in() { "$JINQIAO" --lang en mail-in "$@" 2>&1; }
shown() { as duty_officer says "$@"; }

for department in hrss police justice housing tax; do check "mail to $department comes" came $department; done
check "answers go to an address of their own" says '^duty\+[a-z0-9-]{40,59}@zone\.example$' address hrss
check "which is another for each" sh -c "test '$(address hrss)' != '$(address police)'"
check "the link still is in the text" says '/s/[A-Za-z0-9_-]{40}' python3 -c 'import email, sys
print(email.message_from_file(open(sys.argv[1])).get_payload(decode=True).decode())' "$work/mail/hrss@zone.example.eml"

# ---- one message on the standard input
given() { # PATTERN CODE command…: what mail-in says of what the command writes
  pattern=$1 code=$2
  shift 2
  "$@" >"$work/message"
  exits "$code" mail_in <"$work/message" >"$work/answer" && grep -qE "$pattern" "$work/answer" || { cat "$work/answer"; return 1; }
}
write() { python3 tests/e2e/mail_in/write.py "$@"; }
compose() { node tests/e2e/mail_in/write.mjs "$@"; }

check "a holiday answer is taken and does nothing" given 'machine' 0 write "$(address hrss)" away
check "a word in GBK signs" given 'signed for' 0 write "$(address hrss)" gbk
check "and it is signed for" state hrss signed
check "a second time is once" given 'signed for' 0 write "$(address hrss)" gbk
check "an address in capitals is the same" given 'signed for' 0 compose "$(address police | tr a-z A-Z | sed 's/@.*/@zone.example/')"
check "police has signed" state police signed
{ echo 'Message-ID: <1@dept.example>'; write "$(address justice)" note; } >"$work/note"
notes() { # COUNT
  as duty_officer "$JINQIAO" case show "$number" --json >"$work/case"
  [ "$(grep -o '邮件回复】' "$work/case" | wc -l)" -eq "$1" ]
}
check "anything else is a note" given 'noted' 0 cat "$work/note"
check "the same mail again is taken" given 'noted' 0 cat "$work/note"
check "and is one note" notes 1
check "with the case, and whose it is" shown '邮件回复】已派两人到场' "$JINQIAO" case show "$number" --json
check "without what it quotes" sh -c "! grep -q 写道 '$work/case'"
check "a note is no signature" state justice delivered
check "history says that a mail signed" shown '"how":"mail"' "$JINQIAO" case history "$number" --json
check "a made-up address is refused" given 'refused: the address' 65 compose "duty+$(address tax | sed 's/.*+//; s/@.*//' | tr a-y b-z)@zone.example"
check "so is one without a token" given 'refused: not sent' 65 compose duty@zone.example
check "the address opens no page" test "$(curl -s -o /dev/null -w '%{http_code}' "$JINQIAO_URL/s/$(address tax | sed 's/.*+//; s/@.*//')")" = 404
accepts() { curl -s -o /dev/null -w '%{http_code}' -d "answer=accept" "$JINQIAO_URL/s/$(address tax | sed 's/.*+//; s/@.*//')"; }
check "and accepts nothing" says '^422$' accepts

# ---- a folder
write "$(address housing)" file >"$work/drop/new/1.eml"
write "$(address tax)" away >"$work/drop/new/2.eml"
compose nobody@zone.example >"$work/drop/new/3.eml"
check "a folder is emptied" exits 0 mail_in --folder "$work/drop"
check "housing has signed, attachment or not" state housing signed
check "what was taken lies in done" test -f "$work/drop/done/1.eml" -a -f "$work/drop/done/2.eml"
check "what was not in refused" test -f "$work/drop/refused/3.eml"
check "no file of it is kept with the case" shown '"documents":\[\]' "$JINQIAO" case show "$number" --json
check "tax has not signed" state tax delivered

# ---- while the daemon is away
check "it stops when asked" stop_daemon
check "mail is put off while nobody is there" given 'tried again' 75 compose "$(address tax)"
compose "$(address tax)" >"$work/drop/new/4.eml"
check "so is a folder" exits 75 mail_in --folder "$work/drop"
check "and keeps what it has" test -f "$work/drop/new/4.eml"
check "the daemon comes back" start_daemon "$work/config" "$data"
check "then it is taken" exits 0 mail_in --folder "$work/drop"
check "tax has signed" state tax signed
check "no address is in the log" sh -c "! grep -q 'duty+' '$work/daemon.log'"
check "it stops again" stop_daemon
check "the history is whole" exits 0 "$JINQIAO" audit verify --data "$data"
finish
