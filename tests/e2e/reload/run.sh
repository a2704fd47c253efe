#!/bin/sh
# Another configuration under a running daemon: taken over as a whole, refused with every fault named,
# by the call and by the signal, with cases filed meanwhile.
set -eu
cd "$(dirname "$0")/../../.."
. tests/e2e/lib.sh
data=$work/var
config=$work/config

cp -r config "$config"
start_zone

cat >"$work/alert.json" <<JSON
{"enterprise": {"name": "示例"}, "event": {"cause": "wage_arrears", "behaviours": ["gate_block"],
 "workers_involved": 400, "noticed_at": "$(date -Iseconds)"}}
JSON
file_case() { as duty_officer "$JINQIAO" --json file "$work/alert.json" | sed -n 's/.*"number":"\([^"]*\)".*/\1/p'; }
reload() { as administrator "$JINQIAO" --lang en reload "$@"; }
metric() { says "^$1" curl -s "$JINQIAO_URL/metrics"; }
logged() { grep -qE "$1" "$work/daemon.log"; }
policy_of() { as supervisor "$JINQIAO" --json case show "$1" | sed -n 's/.*"policy":"\([^"]*\)".*/\1/p'; }

# ---- the same files, and who may ask
check "the same configuration is taken over without a question" says 'is in force' reload
check "and counted" metric 'jinqiao_config_reloads_total 1'
check "only an administrator may" as supervisor says '403|无权|Not for this' "$JINQIAO" reload
check "and nobody without a token" env JINQIAO_TOKEN= sh -c "! $JINQIAO reload"

# ---- other rules
old=$(file_case)
sed -i '/name: verify_urgent/,/name: half/s/at: 50 %/at: 75 %/' "$config/ladders.yaml"
check "a dry run says what it would change" says 'Changes only if a case is migrated' reload --dry-run
check "and takes nothing over" metric 'jinqiao_config_reloads_total 1'
check "rules are pinned, so nobody is asked" exits 0 reload
new=$(file_case)
check "both cases are there" test -n "$old" -a -n "$new"
first=$(policy_of "$old")
second=$(policy_of "$new")
check "the new case goes by the new rules, the old one by its own" test -n "$first" -a "$first" != "$second"
check "a change that waits for a restart is named" sh -c \
  "sed -i 's/^  queue: 4096/  queue: 5000/' '$config/service.yaml'"
check "by its key" says 'commit.queue.*next start' reload

# ---- faults
cp "$config/service.yaml" "$work/service.yaml"
printf 'nonsense: true\nlanguge: zh\n' >>"$config/service.yaml"
sed -i 's/^sign_link_ttl: 14 d/sign_link_ttl: 14 days/' "$config/service.yaml"
check "a faulty one is refused" exits 1 reload
check "every fault is named at its place, with the nearest name" sh -c \
  "JINQIAO_TOKEN=$(token administrator "$data") $JINQIAO --lang en reload 2>&1 | tee '$work/faults' | grep -q 'service.yaml:[0-9]*:[0-9]*: languge: .*did you mean language' &&
   grep -q 'service.yaml:[0-9]*:[0-9]*: nonsense' '$work/faults' && grep -q 'sign_link_ttl: expected' '$work/faults'"
check "in JSON as check says it" says '"code":"configuration_faulty".*"faults":\[\{"file"' reload --json
check "the old one stays in force and says so" metric 'jinqiao_config_last_reload_successful 0'
check "readiness is not the worse for it" says '"ready":true.*"refused_at"' curl -s "$JINQIAO_URL/readyz"
check "cases are filed as before" test -n "$(file_case)"
figure() { curl -s "$JINQIAO_URL/metrics" | sed -n "s/^$1 //p"; }
more() { [ "$(figure "$1")" -gt "$2" ]; } # FIGURE THAN
logs=$(grep -c 'stays in force' "$work/daemon.log")
refused=$(figure jinqiao_config_refusals_total)
kill -HUP "$daemon"
check "the signal is answered too" eventually more jinqiao_config_refusals_total "$refused"
said_again() { [ "$(grep -c 'is faulty, [0-9a-f]* stays in force' "$work/daemon.log")" -gt "$logs" ]; }
check "the log says that the old one stays" eventually said_again
check "and names the faults" logged 'reload: .*service.yaml:[0-9]+:[0-9]+: languge'
cp "$work/service.yaml" "$config/service.yaml"
sed -i 's/^zone_name: .*/zone_name: "重载开发区"/' "$config/service.yaml"
taken=$(figure jinqiao_config_reloads_total)
kill -HUP "$daemon"
check "the signal takes over what is sound" eventually more jinqiao_config_reloads_total "$taken"
check "and logs it" eventually logged 'configuration [0-9a-f]+ is in force instead of'
check "and the last attempt counts as good again" metric 'jinqiao_config_last_reload_successful 1'

# ---- a channel that comes, fails, and goes
printf 'http://127.0.0.1:9/nobody' >"$work/city.url"
printf 'whsec_%s' "$(head -c 32 /dev/urandom | base64 -w 0)" >"$work/secret"
cp "$config/channels.yaml" "$work/channels.yaml"
cp "$config/organisation.yaml" "$work/organisation.yaml"
cat >>"$config/channels.yaml" <<YAML
  city:
    kind: webhook
    url: {file: $work/city.url}
    secret: {file: $work/secret}
    allow_private: true
YAML
sed -i '/^departments:/,$ s/{channel: file}/{channel: city}/' "$config/organisation.yaml"
check "where open cases change at once somebody has to agree" eventually says 'Open cases would change' reload
check "what would change is shown" says '\(city\)' reload
check "with --yes it goes ahead" exits 0 reload --yes
stuck=$(file_case)
by_city() { as duty_officer "$JINQIAO" case notices "$stuck" --json | grep -q '"channel":"city"'; }
check "departments are told by the new channel" eventually by_city
pending() { curl -s "$JINQIAO_URL/metrics" | sed -n 's/^jinqiao_deliveries_pending \([0-9]*\).*/\1/p'; }
waits() { [ "$(pending)" -gt 0 ]; }
check "which takes nothing" eventually waits
cp "$work/channels.yaml" "$config/channels.yaml"
cp "$work/organisation.yaml" "$config/organisation.yaml"
check "the channel is taken away again" exits 0 reload --yes
none_waits() { [ "$(pending)" -eq 0 ]; }
check "nothing waits for it any more" eventually none_waits
by_another() { # what the channel did not take was told again, to the department or the fallback desk
  as duty_officer "$JINQIAO" case notices "$stuck" --json | tr '}' '\n' >"$work/notices"
  grep '"event":"alert"' "$work/notices" | grep -q '"channel":"file"'
}
check "and others were told by another" eventually by_another

# ---- a post that goes
check "a post others depend on is missed by name" sh -c \
  "sed -i '0,/^fallback: .*/s//fallback: no_such_desk/' '$config/organisation.yaml' && ! JINQIAO_TOKEN=$(token administrator "$data") $JINQIAO reload >'$work/said' 2>&1 && grep -q 'organisation.yaml:[0-9]*:[0-9]*: fallback' '$work/said'"
cp "$work/organisation.yaml" "$config/organisation.yaml"

# ---- while cases are filed
filed() { # ten cases, their numbers in $work/numbers
  for _ in 1 2 3 4 5 6 7 8 9 10; do file_case >>"$work/numbers" || echo lost >>"$work/numbers"; done
}
: >"$work/numbers"
reloads=0
busy=0
while [ "$reloads" -lt 5 ]; do
  sed -i "s/^sign_link_ttl: .*/sign_link_ttl: $((reloads % 2 + 13)) d/" "$config/service.yaml"
  filed &
  filer=$!
  reload --yes >"$work/last" 2>&1 || busy=$((busy + 1))
  wait "$filer"
  reloads=$((reloads + 1))
done
check "five reloads were taken while cases were filed" test "$busy" -eq 0
check "fifty cases were filed meanwhile" test "$(wc -l <"$work/numbers")" -eq 50
check "none of them was lost" sh -c "! grep -q lost '$work/numbers'"
stored() {
  cursor=
  while :; do
    as supervisor "$JINQIAO" --json case list --limit 200 ${cursor:+--cursor "$cursor"} >"$work/page"
    grep -o '"number":"[^"]*"' "$work/page" | sed 's/.*:"//; s/"//'
    cursor=$(sed -n 's/.*"next_cursor":"\([^"]*\)".*/\1/p' "$work/page")
    [ -n "$cursor" ] || break
  done
}
stored | sort -u >"$work/stored"
check "every number that was given out is stored" sh -c "[ -z \"\$(sort -u '$work/numbers' | comm -23 - '$work/stored')\" ]"
check "it is ready" says '"ready":true' curl -s "$JINQIAO_URL/readyz"
check "it stops when asked" stop_daemon
check "the history is whole, the directory's too" exits 0 "$JINQIAO" audit verify --data "$data"
check "it starts again by what it was left with" start_daemon "$config" "$data"
check "and stops" stop_daemon
finish
