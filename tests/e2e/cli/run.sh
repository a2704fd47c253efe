#!/bin/sh
# The program as its users meet it: seed, serve, file, follow, sign, stop, audit.
set -eu
cd "$(dirname "$0")/../../.."
. tests/e2e/lib.sh
data=$work/var

check "help is there in English" says 'early warning' env LANG=C "$JINQIAO" --help
check "help is there in Chinese" says '预警' env LANG=zh_CN.UTF-8 "$JINQIAO" --help
check "a wrong option is wrong usage" exits 2 "$JINQIAO" check --nonsense
check "no command is wrong usage" exits 2 "$JINQIAO"
check "the shipped configuration is fit for use" exits 0 "$JINQIAO" check --config config
check "a missing configuration is a fault" exits 1 "$JINQIAO" check --config "$work/nowhere"
check "and told in one line" says '^1$' sh -c '"$JINQIAO" check --config nowhere 2>&1 >/dev/null | wc -l'
check "check answers in JSON" says '"ok":true' "$JINQIAO" check --config config --json
check "a case is tried out" says 'told from (orange|Orange)|橙色' "$JINQIAO" preview --config config \
  --cause layoff --workers 120 --staff 320 --at '2026-09-30 16:20' --lang en
check "and its timeline drawn" says '<svg ' sh -c '"$JINQIAO" preview --config config --workers 300 \
  --behaviour gate_block --at 2026-11-20 --svg "'"$work"'/p.svg" >/dev/null && head -c 80 "'"$work"'/p.svg"'
check "an unknown behaviour is refused by name" says 'behaviours' "$JINQIAO" preview --config config \
  --workers 3 --behaviour gate_blok --lang en
check "the shipped situations turn out as expected" exits 0 "$JINQIAO" preview --config config --batch config/situations.yaml
check "the workflow is drawn for Mermaid" says 'stateDiagram|flowchart' "$JINQIAO" diagram dispute --format mermaid
check "the workflow is drawn for Graphviz" says 'digraph' "$JINQIAO" diagram dispute --format dot
check "an unknown workflow is wrong usage" exits 2 "$JINQIAO" diagram nonsense

check "a value in force is shown with its place" says '^service.delivery.patience = 15 s +# config/service.yaml:[0-9]+$' \
  "$JINQIAO" config show service.delivery --config config --lang en
printf 'zone_name: z\n' >"$work/short.yaml"
cp -r config "$work/short"
cp "$work/short.yaml" "$work/short/service.yaml"
check "a default as one" says '^service.commit.queue = 4096 +# default$' "$JINQIAO" config show --config "$work/short" --lang en
check "a key there is not" exits 1 "$JINQIAO" config show nonsense --config config
cat >>"$work/short/channels.yaml" <<YAML
  city:
    kind: webhook
    url: {file: $work/city.url}
    secret: {env: JINQIAO_CITY_SECRET}
YAML
printf 'https://hooks.example/hidden-path' >"$work/city.url"
JINQIAO_CITY_SECRET=whsec_$(head -c 32 /dev/zero | base64 -w 0)
export JINQIAO_CITY_SECRET
check "of a secret only where it lies" says '^channels.city.secret = \(secret, from env JINQIAO_CITY_SECRET\)' \
  "$JINQIAO" config show channels --config "$work/short" --lang en
check "never the secret itself" sh -c \
  "for form in '' --json; do ! '$JINQIAO' \$form config show --config '$work/short' | grep -q 'whsec_\|hidden-path' || exit 1; done"

cp -r config "$work/faulty"
echo 'nonsense: true' >>"$work/faulty/service.yaml"
check "a fault is told by file, line and column" says 'service.yaml:[0-9]+:[0-9]+:' "$JINQIAO" check --config "$work/faulty"
check "the daemon does not start on a faulty configuration" \
  exits 1 "$JINQIAO" serve --config "$work/faulty" --data "$work/none" --listen 127.0.0.1:0

cp -r config "$work/weaker"
sed -i '0,/every: 10 min/s//every: 10 h/' "$work/weaker/ladders.yaml"
check "a ladder that became slow breaks a situation" says 'situations.yaml:[0-9]+:[0-9]+:' "$JINQIAO" check --config "$work/weaker"

# What is refuted is shown by a case that the named command plays.
cp -r config "$work/longer"
sed -i '/^  st.meeting:/,/^  st.progress:/s/budget: .*/budget: 12 W/' "$work/longer/workflows/dispute.yaml"
check "a deadline behind the law's is refuted" says 'st.meeting.*\[deadline.late\]' \
  "$JINQIAO" check --config "$work/longer" --at "2026-03-02 09:00"
shown=$("$JINQIAO" --lang en check --config "$work/longer" --at "2026-03-02 09:00" 2>&1 |
  sed -n 's/.*deadline.late\]; see: jinqiao //p' | head -n 1)
# shellcheck disable=SC2086 # a command as a person would paste it
check "and the case named shows it" says 'deadline passed' "$JINQIAO" --lang en $shown --days 30
cp -r config "$work/thin"
sed -i 's/^absences: \[\]/absences: [{person: p_tax_2, from: 2026-10-01, until: 2026-10-08}]/' "$work/thin/demo/zone.yaml"
check "a line that gets too thin is refuted" says '\[reach.nobody\].*--absent p_tax_1' \
  "$JINQIAO" check --config "$work/thin" --at "2026-03-02 09:00"
check "a year ahead without calendar is a warning" says '\[calendar.year\]' \
  "$JINQIAO" check --config config --at "2026-11-20 09:00"

check "a zone is put in" exits 0 "$JINQIAO" seed --config config --data "$data" config/demo/zone.yaml
check "tokens are for their owner only" says '^-rw-------' ls -l "$data/demo-tokens.json"
check "the link key is for its owner only" says '^-rw-------' ls -l "$data/keys/link.key"
check "a filled database is not seeded again" exits 1 "$JINQIAO" seed --config config --data "$data" config/demo/zone.yaml
check "unless that was expected" exits 0 "$JINQIAO" seed --if-empty --config config --data "$data" config/demo/zone.yaml
check "sixteen departments have tokens" says '^16$' grep -c '"department:' "$data/demo-tokens.json"

export JINQIAO_URL=http://127.0.0.1:1
check "no daemon: could not" exits 3 "$JINQIAO" case list
check "the daemon starts" start_daemon config "$data"
check "a second one on the same data does not" exits 3 "$JINQIAO" serve --config config --data "$data" --listen 127.0.0.1:0
check "without a token nothing is shown" exits 1 env JINQIAO_TOKEN= "$JINQIAO" case list

now=$(date -Iseconds)
cat >"$work/alert.json" <<JSON
{"enterprise": {"name": "示例精密部件（金桥）有限公司", "uscc": "91310115MA0000000U", "staff": 320},
 "event": {"cause": "wage_arrears", "behaviours": ["gathering_inside"], "place": "一号门",
           "workers_involved": 60, "demands": ["pay_arrears"], "noticed_at": "$now"},
 "reporter": {"name": "示例", "role": "企业工会主席", "phone": "000"}, "filing": "identified"}
JSON
check "an alert is filed" as enterprise_union says '受理|receipt' "$JINQIAO" file "$work/alert.json"
number=$(as enterprise_union "$JINQIAO" case list --json | sed -n 's/.*"number":"\([^"]*\)".*/\1/p')
check "it has a number" says '^JQ-[0-9]{4}-[0-9]{6}$' echo "$number"
check "it is listed" as duty_officer says "$number" "$JINQIAO" case list
check "sixty workers are orange" as duty_officer says 'orange|橙' "$JINQIAO" case show "$number"
check "signatures still owed are one line" as duty_officer says 'asg.sign ×[0-9]+ ' "$JINQIAO" case show "$number"
check "it says that both sides were reached" as duty_officer says '(Government side|政府方面): (reached|已通知到)' "$JINQIAO" case show "$number"
check "what may be done is shown" as duty_officer says 'acknowledge' "$JINQIAO" case actions "$number"
check "an action out of turn is refused" as mediator exits 1 "$JINQIAO" case act "$number" close_settled
check "the duty officer takes the case" as duty_officer exits 0 "$JINQIAO" case act "$number" acknowledge
check "it is being verified" as duty_officer says 'verifying' "$JINQIAO" case show "$number" --json
check "history names the command" as auditor says 'acknowledge' "$JINQIAO" case history "$number" --json
check "departments were told" as duty_officer says 'department:|hrss' "$JINQIAO" case notices "$number" --json

# A photographed payroll sheet, sent before it is named.
{
  printf '\377\330\377\340\000\020JFIF\000\001\001\000\000\001\000\001\000\000\377\332\000\004ab'
  head -c 3000 /dev/urandom | tr '\377' x
  printf '\377\331'
} >"$work/工资表.jpg"
paper=$(as enterprise_union "$JINQIAO" document add "$work/工资表.jpg")
check "a file is sent and has an id that names its content" says "$(sha256sum "$work/工资表.jpg" | cut -d' ' -f1)" echo "$paper"
check "its name came along" as enterprise_union says '工资表.jpg' "$JINQIAO" document list
check "until a case names it nobody else has it" as mediator exits 1 "$JINQIAO" document get "$paper" -o "$work/none.jpg"
sed "s/\"filing\"/\"documents\": [\"$paper\"], \"filing\"/" "$work/alert.json" >"$work/papers.json"
check "an alert names it" as enterprise_union exits 0 "$JINQIAO" file "$work/papers.json"
check "then the mediator fetches it" as mediator exits 0 "$JINQIAO" document get "$paper" -o "$work/copy.jpg"
check "byte for byte" cmp "$work/工资表.jpg" "$work/copy.jpg"
newest=$(as enterprise_union "$JINQIAO" case list --json | grep -o 'JQ-[0-9]*-[0-9]*' | sort | tail -n 1)
check "and finds its name and id in the case" as mediator says "工资表.jpg  image/jpeg  $paper" "$JINQIAO" case show "$newest"
check "somebody else may not name it" as duty_officer says 'documents.0' "$JINQIAO" file "$work/papers.json"
printf '<html><script>alert(1)</script></html>' >"$work/page.pdf"
check "a page that calls itself a PDF is refused" as enterprise_union exits 1 "$JINQIAO" document add "$work/page.pdf"
check "the README's way to send one works" says '"id":' curl -sf -X POST --data-binary "@$work/工资表.jpg" \
  -H "Authorization: Bearer $(token enterprise_union "$data")" -H 'Content-Type: image/jpeg' \
  "$JINQIAO_URL/api/v1/documents?name=payroll.jpg"
check "changes are told as they happen" says '^event: hello' sh -c \
  "curl -sN --max-time 3 -H 'Authorization: Bearer $(token duty_officer "$data")' '$JINQIAO_URL/api/v1/stream' || true"
check "the configuration in force is for administrators" says '"key":"service.zone_name"' curl -sf \
  -H "Authorization: Bearer $(token administrator "$data")" "$JINQIAO_URL/api/v1/config"

spooled() { [ -n "$(find "$data/spool" -name '*.json' 2>/dev/null | head -n 1)" ]; }
check "notices lie in the spool" eventually spooled
a_notice() { find "$data/spool" -name '*.json' | head -n 1; }
for key in id key case number grade event addressee text sign_url exercise; do
  check "a notice has $key" grep -q "\"$key\":" "$(a_notice)"
done
link=$(find "$data/spool" -name '*.json' -exec grep -ho '"sign_url":"http[^"]*' {} + | head -n 1 | grep -o '/s/.*')
check "the page of its link shows what was told" sh -c "curl -s '$JINQIAO_URL$link' >'$work/page.html' && grep -q '｜' '$work/page.html'"
check "and asks for nothing that is left out" sh -c "! grep -q '请签收：' '$work/page.html'"
check "no person or enterprise is named in a notice" sh -c "! grep -rq '示例' '$data/spool'"

for metric in jinqiao_oldest_overdue_timer_seconds jinqiao_dead_letters; do
  check "$metric can be watched" says "^$metric " curl -s "$JINQIAO_URL/metrics"
done
check "the history is whole while it runs" exits 0 "$JINQIAO" audit verify --data "$data"

# Another configuration beside the running daemon: what it would change about the open case.
cp -r config "$work/stretched"
sed -i '/name: verify_urgent/,/name: half/s/at: 50 %/at: 75 %/' "$work/stretched/ladders.yaml"
monday=$(date -d 'next monday' +%F)
sed -i "s/^off:/off:\n  - {from: $monday, to: $monday, name: 停工}/" "$work/stretched/calendars/${monday%%-*}.yaml"
differs() { "$JINQIAO" diff config "$@" --days 20 --lang en; }
check "the same configuration changes nothing" says 'Nothing changes' differs config --data "$data"
check "and exits as done" exits 0 "$JINQIAO" diff config config --data "$data"
check "a day off puts off a deadline at once" sh -c \
  "'$JINQIAO' diff config '$work/stretched' --data '$data' --json | grep -q '\"at_once\":\[{\"what\":\"due\",\"change\":\"later\"'"
check "a stretched rung waits for a migration" sh -c \
  "'$JINQIAO' diff config '$work/stretched' --data '$data' --json | sed 's/.*\"on_migration\"//; s/\"new_cases\".*//' | grep -q '\"clock\":\"st.verify\",\"event\":\"rung.remind\",\"rung\":\"half\"'"
check "the case is named" says "$number" differs "$work/stretched" --data "$data"
check "situations tell what new cases would see" says 'Cases filed from then on' differs "$work/stretched"
check "no such data is said" exits 3 "$JINQIAO" diff config config --data "$work/nowhere"
check "a faulty configuration is told" exits 1 "$JINQIAO" diff config "$work/faulty"

# The people of a desk: who would be told, and leave of one's own.
call() { # ROLE METHOD PATH [BODY]
  curl -s -o "$work/answer.json" -w '%{http_code}' -X "$2" "$JINQIAO_URL$3" ${4:+-d "$4"} \
    -H "Authorization: Bearer $(token "$1" "$data")" -H 'Content-Type: application/json'
}
in_a_month=$(date -d '+30 days' +%Y-%m-%d)
leave="{\"from\": \"${in_a_month}T00:00:00+08:00\", \"until\": \"${in_a_month}T12:00:00+08:00\"}"
at_three="${in_a_month}T03:00:00+08:00"
check "coverage says who would be told at three at night" \
  as supervisor says '示例值班员甲' "$JINQIAO" coverage --at "$at_three"
check "without names for whoever may not see them" as duty_officer sh -c \
  "! $JINQIAO coverage --at $at_three | grep -q 示例值班员乙"
check "no gap is ahead" as supervisor says 'No gaps ahead|近期无缺口' "$JINQIAO" coverage
check "one enters one's own leave" says '^200$' call duty_officer POST /api/v1/people/p_duty_1/absences "$leave"
check "and nobody else's" says '^403$' call duty_officer POST /api/v1/people/p_duty_2/absences "$leave"
check "the colleague would be told then" \
  as supervisor says '(值班台|Duty desk) +示例值班员乙' "$JINQIAO" coverage --at "$at_three"
for person in p_leader_1 p_leader_2; do
  check "leave of $person" says '^200$' call administrator POST "/api/v1/people/$person/absences" "$leave"
done
check "a post that would stand empty is a gap" \
  as supervisor says '"kind":"nobody"' "$JINQIAO" coverage --at "$at_three" --json
check "and stands first in the table" as supervisor says '^(主要领导|Leader) ' \
  sh -c "$JINQIAO coverage --at $at_three | sed -n 3p"
check "leave ends early" says '^200$' call administrator POST /api/v1/people/p_leader_1/absences/end \
  "{\"from\": \"${in_a_month}T00:00:00+08:00\"}"
check "and leaves no gap" as supervisor says 'No gaps ahead|近期无缺口' "$JINQIAO" coverage --at "$at_three"
check "a time that is none is refused" as supervisor exits 1 "$JINQIAO" coverage --at yesterday
check "coverage is not for enterprises" as enterprise_union exits 1 "$JINQIAO" coverage

# Accounts: made, given a password and a token, disabled; the password never among the arguments.
user() { "$JINQIAO" --lang en user "$@"; }
me() { curl -s -H "Authorization: Bearer $1" "$JINQIAO_URL/api/v1/me"; }
sign_in() { curl -s -X POST "$JINQIAO_URL/api/v1/session" -H 'Content-Type: application/json' \
  -d "{\"account\": \"liu\", \"password\": \"$1\"}"; }
check "only an administrator makes accounts" as supervisor exits 1 user add liu --role mediator
check "an account is made" as administrator exits 0 user add liu --role mediator --person p_mediator_2
check "once" as administrator says 'account of this name' user add liu --role auditor
check "an unknown role is wrong usage" as administrator exits 2 user add wu --role boss
check "a password is set from the standard input" as administrator exits 0 \
  sh -c "echo 'correct horse' | '$JINQIAO' user passwd liu"
check "a short one is refused" as administrator exits 1 sh -c "echo short | '$JINQIAO' user passwd liu"
check "one signs in by it" says '"token":"js_' sign_in 'correct horse'
check "and has to choose one of their own" says '"must_change":true' sign_in 'correct horse'
check "and by no other" says '"sign_in_failed"' sign_in 'correct horsf'
check "who tried is shown" as administrator says 'liu .*wrong password' user sign-ins liu
check "to nobody else" as supervisor exits 1 user sign-ins liu
check "everybody is shown their own" as supervisor exits 0 user sign-ins
check "one is signed out everywhere" as administrator exits 0 user sign-out liu
check "unlocking is for administrators" as supervisor exits 1 user unlock liu
check "and does no harm" as administrator exits 0 user unlock liu
as administrator user token liu --name pager >"$work/pager" 2>/dev/null
check "a token stands alone on its line" says '^jq_[0-9a-f]{40}$' cat "$work/pager"
check "and opens the account" says '"account":"liu"' me "$(cat "$work/pager")"
check "tokens are listed by name" as administrator says '^pager ' user list liu
check "accounts are listed with how they come in" as administrator says '^liu .*by password' user list
check "an account is disabled" as administrator exits 0 user disable liu
check "and out at once" says '"unauthorized"' me "$(cat "$work/pager")"
check "while the daemon runs, nobody writes past it" exits 3 user enable liu --data "$data"
check "history knows of it and of no secret" sh -c \
  "! grep -a -q 'correct horse' '$data/jinqiao.db' '$data/jinqiao.db-wal'"

check "an English list is English" as duty_officer says '^Number' "$JINQIAO" --lang en case list
check "a Chinese list is Chinese" as duty_officer says '^回执号' "$JINQIAO" --lang zh-CN case list
check "it stops when asked" stop_daemon
check "and the history is whole" exits 0 "$JINQIAO" audit verify --data "$data"

check "it starts again" start_daemon config "$data"
check "and the case is still there" as duty_officer says "$number" "$JINQIAO" case list
kill_daemon
check "it starts after a kill" start_daemon config "$data"
check "and the case is still there" as duty_officer says "$number" "$JINQIAO" case list
check "it stops when asked" stop_daemon

# A certificate of the zone's own, and none where one would be wanted.
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=jinqiao \
  -addext subjectAltName=IP:127.0.0.1 -keyout "$work/tls.key" -out "$work/tls.pem" 2>/dev/null
cp -r config "$work/tls"
sed -i "s|^http:|http:\n  tls: {certificate: $work/tls.pem, key: $work/tls.key}|" "$work/tls/service.yaml"
check "it starts with a certificate of its own" start_daemon "$work/tls" "$data"
JINQIAO_URL=https://${JINQIAO_URL#http://}
check "which nobody vouches for" as duty_officer exits 3 "$JINQIAO" case list
check "unless it is named" as duty_officer exits 0 "$JINQIAO" case list --cacert "$work/tls.pem"
check "or stands in the environment" as duty_officer exits 0 \
  env JINQIAO_CACERT="$work/tls.pem" "$JINQIAO" document list
check "a file without one is wrong usage" as duty_officer exits 2 "$JINQIAO" case list --cacert README.md
check "it stops when asked" stop_daemon
"$JINQIAO" --lang en serve --config config --data "$data" --listen 0.0.0.0:0 2>"$work/daemon.log" &
daemon=$!
check "listening to the outside in plain text is warned of" eventually \
  grep -q '^warning: --listen 0.0.0.0:0: expected .*plain text' "$work/daemon.log"
check "and done" eventually listening
check "it stops when asked" stop_daemon

# The first administrator of an empty database.
fresh=$work/fresh
check "the first administrator is made without a daemon" exits 0 user add boss --role administrator --data "$fresh"
check "with a password" exits 0 sh -c "echo 'correct horse' | '$JINQIAO' user passwd boss --data '$fresh'"
check "and stays the last one" says 'last administrator' user disable boss --data "$fresh"
user token boss --name first --data "$fresh" >"$work/first" 2>/dev/null
check "the daemon starts on it" start_daemon config "$fresh"
check "and knows the token" says '"administrator"' me "$(cat "$work/first")"
check "it stops when asked" stop_daemon
check "and the history is whole" exits 0 "$JINQIAO" audit verify --data "$fresh"

# Newer rules: a case follows them when somebody in charge says so.
cp -r config "$work/config"
sed -i '/^  st.verify:/,/budget:/ s/orange: 4 h/orange: 6 h/' "$work/config/workflows/dispute.yaml"
check "it starts with newer rules" start_daemon "$work/config" "$data"
migrate() { "$JINQIAO" --lang en case migrate "$number" --reason "the new guideline"; }
check "who is not in charge moves no case to them" as duty_officer exits 1 migrate
check "an administrator does, and hears what moved" as administrator says '^st\.verify#1 ' migrate
check "once is enough" as supervisor says 'follows the rules in force already' migrate
check "history says so" as auditor says 'policy_migrated' "$JINQIAO" case history "$number" --json
check "it stops when asked" stop_daemon
check "and the history is whole" exits 0 "$JINQIAO" audit verify --data "$data"
finish
