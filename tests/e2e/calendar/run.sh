#!/bin/sh
# Deadlines as a calendar to subscribe to, read by two parsers nobody here wrote: they agree with each
# other and with the API, the address is the only right, and it can be taken back.
set -eu
cd "$(dirname "$0")/../../.."
. tests/e2e/lib.sh
data=$work/var
python=/usr/bin/python3 # Debian's, which has its icalendar

[ -d tests/e2e/calendar/node_modules ] ||
  npm ci --prefix tests/e2e/calendar --no-audit --no-fund >"$work/npm.log" 2>&1 || { cat "$work/npm.log" >&2; exit 1; }

cp -r config "$work/config"
start_zone
feed() { curl -s "$url" -o "$work/feed.ics" "$@"; }
status() { curl -s -o /dev/null -w '%{http_code}' "$@"; }

check "a fresh account has no address" as duty_officer says 'no address|没有日历订阅地址' "$JINQIAO" user calendar
as duty_officer "$JINQIAO" user calendar --new >"$work/url" 2>"$work/said"
url=$JINQIAO_URL$(sed 's|^http://[^/]*||' "$work/url")
check "the address stands alone on its line" test "$(wc -l <"$work/url")" -eq 1
check "it is long" sh -c "sed 's|.*/||' '$work/url' | grep -qE '^jc_[A-Za-z0-9_-]{40,}\.ics$'"

echo '{"enterprise": {"name": "示例精密部件（金桥）有限公司"}, "event": {"cause": "wage_arrears", "behaviours": ["gathering_inside"],
  "workers_involved": 60, "noticed_at": "'"$(date -Iseconds)"'"}}' >"$work/alert.json"
check "an alert is filed" as enterprise_union "$JINQIAO" file "$work/alert.json" --json
number=$(sed -n 's/.*"number":"\([^"]*\)".*/\1/p' "$work/check.out")

check "the feed is read without a login" feed -f
node tests/e2e/calendar/read.mjs "$work/feed.ics" >"$work/by_node" || true
$python tests/e2e/calendar/read.py "$work/feed.ics" >"$work/by_python" || true
check "two parsers read deadlines" test "$(grep -c . "$work/by_node")" -ge 2
check "and the same ones" diff "$work/by_node" "$work/by_python"
check "each names the case" sh -c "! grep -v '$number' '$work/by_node'"
check "nobody is named" sh -c "! grep -q 示例精密 '$work/feed.ics'"
check "a reminder by its grade" grep -qP '\tCONFIRMED\t-60\t.*橙色' "$work/by_node"

# The instants of the API, except that the end of a day stands a minute before.
dues() {
  as duty_officer "$JINQIAO" case show "$number" --json | $python -c '
import datetime, json, sys
for clock in json.load(sys.stdin)["clocks"]:
    due = datetime.datetime.fromisoformat(clock["due_at"])
    if due.strftime("%H%M%S") == "000000": due -= datetime.timedelta(minutes=1)
    if clock["state"] == "running" and "subject" not in clock:
        print(due.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"))' | sort
}
check "the instants are those of the API" sh -c "cut -f 1 '$work/by_node' | sort >'$work/seen'" &&
  dues >"$work/due"
check "every deadline of the case is there" sh -c "test -s '$work/due' && ! comm -23 '$work/due' '$work/seen' | grep ."

check "no line is longer than 75 octets" sh -c "! LC_ALL=C grep -qE '^.{77,}' '$work/feed.ics'"
etag=$(curl -s -o /dev/null -D - "$url" | sed -n 's/^[Ee][Tt]ag: *\(.*\)\r$/\1/p')
check "what has not changed is not sent again" test "$(status -H "If-None-Match: $etag" "$url")" = 304
check "HEAD works" test "$(status -I "$url")" = 200

check "the duty officer takes it" as duty_officer "$JINQIAO" case act "$number" acknowledge
check "the feed has changed" test "$(status -H "If-None-Match: $etag" "$url")" = 200
feed
node tests/e2e/calendar/read.mjs "$work/feed.ics" >"$work/after" || true
$python tests/e2e/calendar/read.py "$work/feed.ics" >"$work/after_python" || true
check "both parsers read it again" diff "$work/after" "$work/after_python"
check "what was done is cancelled" grep -qP '\tCANCELLED\t-\t.*st\.ack' "$work/after"
check "no sequence falls" $python -c '
import sys
def read(name): return {line.split("\t")[4]: int(line.split("\t")[1]) for line in open(name) if line.strip()}
before, after = read(sys.argv[1]), read(sys.argv[2])
same = set(before) & set(after)
assert same and all(after[uid] >= before[uid] for uid in same), (before, after)
assert any(after[uid] > before[uid] for uid in same)' "$work/by_node" "$work/after"
check "in English where asked" sh -c "curl -s '$url?lang=en' | grep -q 'orange (II)'"

check "the secret is no token" test "$(status -H "Authorization: Bearer $(sed 's|.*/||; s|\.ics||' "$work/url")" "$JINQIAO_URL/api/v1/me")" = 401
check "nor is it in the log" sh -c "! grep -q 'jc_' '$work/daemon.log'"
check "nor in the database" sh -c "! grep -aq \"\$(sed 's|.*/||; s|\.ics||' '$work/url')\" '$data'/jinqiao.db*"
check "it is taken back" as duty_officer "$JINQIAO" user calendar --revoke
check "and opens nothing" test "$(status "$url")" = 404
check "it stops when asked" stop_daemon
check "the history is whole" exits 0 "$JINQIAO" audit verify --data "$data"
finish
