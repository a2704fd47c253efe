#!/bin/sh
# The program as a person at a terminal meets it: questions, tables, colours, completion, manual.
set -eu
cd "$(dirname "$0")/../../.."
. tests/e2e/lib.sh
data=$work/var
columns=100
cp -r config "$work/config"
start_zone

# What a person types: PATTERN=ANSWER a line on the standard input, then the command.
typed() { # command…
  sed 's/=/	/' >"$work/typed"
  python3 tests/e2e/cli/typist.py "$work/typed" "$columns" "$@"
}
filed() { as duty_officer "$JINQIAO" case list --json | grep -o '"number":"JQ' | wc -l; }

# --- an alert, half of it unknown
file_in_english() {
  typed "$JINQIAO" --lang en file <<'TEXT'
Enterprise:=示例终端制造有限公司
Place:=
one number:=2
between them:=1 3
between them:=
Workers involved.*:=sixty
whole number[^:]*: $=60
Workers present.*:=
Injured.*:=
arrears.*:=2
Started at.*: $=08:30
Noticed at.*: $=
one is needed[^@]*: $=now
Staff.*:=
Reporter:=
Role:=
Phone:=
Note:=
Send it.*:=y
TEXT
}
check "an alert is asked for and filed" as enterprise_union says 'Filed, receipt number JQ-' file_in_english
check "there is one case" test "$(filed)" = 1
number=$(as duty_officer "$JINQIAO" case list --json | sed -n 's/.*"number":"\(JQ-[^"]*\)".*/\1/p')
as duty_officer "$JINQIAO" case show "$number" --json >"$work/case.json"
check "what was answered is in it" grep -q '"workers_involved":60' "$work/case.json"
check "so is the time of today" grep -qE '"started_at":"[0-9-]*T08:30:00\+08:00"' "$work/case.json"
check "what was not is unknown" grep -q '"missing":\["' "$work/case.json"

give_up_by_key() {
  typed "$JINQIAO" --lang zh-CN file <<'TEXT'
企业名称:=示例放弃有限公司
地点:=^C
TEXT
}
give_up_at_the_end() {
  typed "$JINQIAO" --lang en file --ask "$work/half.json" <<'TEXT'
one number:=
between them:=
Send it.*:=maybe
answer y or n[^@]*: $=n
TEXT
}
# All but cause and behaviours is known; neither is needed beside a note.
cat >"$work/half.json" <<JSON
{"enterprise": {"name": "示例甲", "staff": 9}, "note": "x", "reporter": {"name": "a", "role": "b", "phone": "c"},
 "event": {"place": "p", "demands": ["pay_arrears"], "workers_involved": 3, "workers_present": 3, "injured": 0,
 "arrears_months": 1, "started_at": "$(date -Iseconds)", "noticed_at": "$(date -Iseconds)"}}
JSON
check "Ctrl-C ends it" as enterprise_union exits 130 give_up_by_key
check "so does no at the end" as enterprise_union exits 1 give_up_at_the_end
check "and it says that nothing was sent" as enterprise_union says 'nothing was sent' give_up_at_the_end
check "nothing was" test "$(filed)" = 1
check "without a terminal it is wrong usage" as enterprise_union exits 2 sh -c "'$JINQIAO' file </dev/null"

# --- the network fails: what was written is kept, and can be sent under the same key
lose_it() {
  (cd "$work" && typed "$program" --lang en file --ask "$work/half.json" <<'TEXT'
one number:=1
between them:=
Send it.*:=y
No answer.*:=n
TEXT
  )
}
program=$(realpath "$JINQIAO")
python=$(cat <<'PYTHON'
import http.server, json, os, sys, urllib.request
# Passes on what is asked, and lets the answer to the first alerts get lost.
lost = 3
class Proxy(http.server.BaseHTTPRequestHandler):
    def do_GET(self): self.forward(None)
    def do_POST(self): self.forward(self.rfile.read(int(self.headers["Content-Length"])))
    def log_message(self, *_): pass
    def forward(self, body):
        global lost
        headers = {k: v for k, v in self.headers.items() if k not in ("Host", "Content-Length", "Accept-Encoding")}
        try:
            answer = urllib.request.urlopen(urllib.request.Request(sys.argv[1] + self.path, body, headers))
        except urllib.error.HTTPError as refusal:
            answer = refusal
        text = answer.read()
        if body is not None:
            print(self.headers["Idempotency-Key"], flush=True)
            if lost > 0:
                lost -= 1
                return self.connection.close()
        self.send_response(answer.status)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)
server = http.server.HTTPServer(("127.0.0.1", 0), Proxy)
with open(sys.argv[2] + ".part", "w") as out: out.write(str(server.server_port))
os.rename(sys.argv[2] + ".part", sys.argv[2])
server.serve_forever()
PYTHON
)
python3 -c "$python" "$JINQIAO_URL" "$work/proxy.port" >"$work/keys" &
proxy=$!
trap 'kill "$proxy" 2>/dev/null || true; kill_daemon; rm -rf "$work"' EXIT
check "a bad line is there" eventually test -s "$work/proxy.port"
daemon_url=$JINQIAO_URL
JINQIAO_URL=http://127.0.0.1:$(cat "$work/proxy.port" 2>/dev/null)
cp tests/e2e/cli/typist.py "$work/"
mkdir -p "$work/tests/e2e/cli"
cp tests/e2e/cli/typist.py "$work/tests/e2e/cli/"
check "an answer that is lost is asked for again" as enterprise_union exits 3 lose_it
check "three times under one key" says '^1$' sh -c "[ \$(wc -l <'$work/keys') = 3 ] && sort -u '$work/keys' | wc -l"
kept=$(find "$work" -maxdepth 1 -name 'jinqiao-*.json')
check "what was written is kept for its owner" says '^-rw-------' ls -l "$kept"
check "it was taken once" test "$(filed)" = 2
check "sent later under its key it is the same case" as enterprise_union exits 0 "$JINQIAO" file "$kept" --key "$(head -n 1 "$work/keys")"
check "still once" test "$(filed)" = 2
JINQIAO_URL=$daemon_url

# --- an action's fields
check "an action without fields to fill in asks nothing" as duty_officer exits 0 sh -c \
  "'$JINQIAO' case act '$number' acknowledge </dev/null"
fields() { as duty_officer "$JINQIAO" case actions "$number" --json; }
check "an action's schema has fields" says '"x-order":\["' fields
write_note() {
  typed "$JINQIAO" --lang en case act "$number" add_note <<'TEXT'
[^ ].*:=
one is needed[^@]*: $=门口已无人
Private.*: $=
Note.*: $=
When it happened.*: $=
Send it.*:=y
TEXT
}
check "an action asks for what it needs" as duty_officer exits 0 write_note
check "and has it" as auditor says 'add_note' "$JINQIAO" case history "$number" --json

# --- tables
wide() { typed "$JINQIAO" "$@" </dev/null; }
check "grades have their colour" as duty_officer says "$(printf '\033')\\[[0-9;]*m(橙色|orange)" wide case list
check "not if they are unwanted" as duty_officer sh -c \
  "! NO_COLOR=1 python3 tests/e2e/cli/typist.py /dev/null 100 '$JINQIAO' case list | grep -q '$(printf '\033')'"
check "nor where there is no terminal" as duty_officer sh -c "! '$JINQIAO' case list | grep -q '$(printf '\033')'"
too_wide() { # LANGUAGE: columns of the longest line, Chinese counted twice
  NO_COLOR=1 python3 tests/e2e/cli/typist.py /dev/null 72 "$JINQIAO" --lang "$1" case notices "$number" |
    python3 -c "import sys, unicodedata
print(max(sum(2 if unicodedata.east_asian_width(c) in 'WF' else 1 for c in line.rstrip('\n')) for line in sys.stdin))"
}
for language in zh-CN en; do
  check "a $language table fits a narrow terminal" as duty_officer sh -c "[ $(as duty_officer too_wide "$language") -le 72 ]"
  check "history in $language says who and what" as duty_officer says '示例|Duty' "$JINQIAO" --lang "$language" case history "$number"
done
check "signatures are a table too" as duty_officer says '^(收件 +通知 +送达|Addressee +Told)' "$JINQIAO" case notices "$number"
check "it stops when asked" stop_daemon

# --- completion, asked as bash asks
"$JINQIAO" completion bash >"$work/completion.bash"
completed() { # words of the line, the last one unfinished
  bash -c 'source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _jinqiao; printf "%s\n" "${COMPREPLY[@]}"' \
    bash "$work/completion.bash" jinqiao "$@"
}
check "commands complete" says '^backup$' completed ba
check "what does not begin so is left out" sh -c "! $(command -v bash) -c 'source \"$work/completion.bash\"; COMP_WORDS=(jinqiao ba); COMP_CWORD=1; _jinqiao; printf \"%s\n\" \"\${COMPREPLY[@]}\"' | grep -q serve"
check "so do those below" says '^history$' completed case h
check "and options" says '^--token-file$' completed case list --to
check "options of the program too" says '^--json$' completed case list --j
check "closed lists of values" says '^mermaid$' completed diagram dispute --format m
check "also behind an equals sign" says '^dot$' completed diagram dispute --format = d
check "a value is not taken for a command" says '^history$' completed --lang en case h
check "values that are open are files" says '^$' completed serve --config c
check "shells are known by name" says '^fish$' completed completion f
for command in $("$JINQIAO" --lang en --help | sed -n '/^Subcommands:/,$ s/^  \([a-z]*\) .*/\1/p'); do
  check "$command completes" says "^$command\$" completed "$command"
done
check "the zsh script is one" sh -c "'$JINQIAO' completion zsh >'$work/_jinqiao' && zsh -n '$work/_jinqiao'"
check "zsh takes it" zsh -fc "autoload -Uz compinit && compinit -u -d '$work/zcompdump' && . '$work/_jinqiao' && [ \"\$_comps[jinqiao]\" = _jinqiao ]"
check "the fish script is one" sh -c "'$JINQIAO' completion fish >'$work/jinqiao.fish' && fish -n '$work/jinqiao.fish'"
fished() { fish --no-config -c "source '$work/jinqiao.fish'; complete -C '$1'"; }
check "fish completes commands" says '^history' fished 'jinqiao case h'
check "fish completes values" says '^mermaid' fished 'jinqiao diagram dispute --format m'
check "an unknown shell is wrong usage" exits 2 "$JINQIAO" completion csh

# --- the manual page
for language in zh-CN en; do
  "$JINQIAO" --lang "$language" man >"$work/jinqiao.1"
  check "the $language page is rendered without a warning" says '^$' sh -c "groff -man -Tutf8 -Kutf8 -ww -z '$work/jinqiao.1' 2>&1; echo"
  for command in 'serve' 'case act' 'backup' 'restore'; do
    check "it has $command ($language)" says "jinqiao $command" sh -c "groff -man -Tutf8 -Kutf8 -P-cbou '$work/jinqiao.1'"
  done
done
check "nothing is missing from the catalogue" sh -c "! '$JINQIAO' --lang en man | grep 'cli\\.'"
finish
