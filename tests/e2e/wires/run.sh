#!/bin/sh
# Channels that are neither mail nor webhook, each against a program nobody here wrote: documents held
# against the schema of CAP by xmllint, a mosquitto with a subscriber, an rsyslog, a program of the
# zone's own.
set -eu
cd "$(dirname "$0")/../../.."
. tests/e2e/lib.sh
data=$work/var
out=$work/far
mkdir "$out"
schema=${JINQIAO_CAP_SCHEMA:-../shared/data/CAP-v1.2.xsd}
PATH=$PATH:/usr/sbin

broker=
logger=
others=
end_all() {
  for one in $broker $logger $others; do kill "$one" 2>/dev/null || true; done
  kill_daemon
  rm -rf "$work"
}
trap end_all EXIT
free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
mqtt_port=$(free_port)
tls_port=$(free_port)
tcp_port=$(free_port)
udp_port=$(free_port)

certificates() { # an authority and, signed by it, the one of localhost
  new='openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes'
  $new -x509 -days 2 -subj "/CN=Test authority" -keyout "$work/ca.key" -out "$work/ca.pem" &&
    $new -subj "/CN=far" -keyout "$work/far.key" -out "$work/far.csr" &&
    echo 'subjectAltName=DNS:localhost' >"$work/far.ext" &&
    openssl x509 -req -days 2 -in "$work/far.csr" -CA "$work/ca.pem" -CAkey "$work/ca.key" \
      -CAcreateserial -extfile "$work/far.ext" -out "$work/far.pem" &&
    chmod a+r "$work"/far.* "$work/ca.pem"
}
check "certificates are made" certificates
chmod a+rx "$work"

# ---- the far sides
secret=open-$(head -c 12 /dev/urandom | base64 | tr '+/' '-_')
printf 'jinqiao\n' >"$work/user"
printf '%s\n' "$secret" >"$work/password"
printf 'yesterday-%s\n' "$secret" >"$work/old_password"
mosquitto_passwd -b -c "$work/mq.passwords" jinqiao "$secret" 2>/dev/null
mosquitto_passwd -b "$work/mq.passwords" reader reader 2>/dev/null
printf 'user jinqiao\ntopic write jinqiao/#\nuser reader\ntopic read #\n' >"$work/mq.acl"
cat >"$work/mq.conf" <<CONF
user root
log_dest file $out/mq.log
log_type all
persistence true
persistence_location $out/
listener $mqtt_port 127.0.0.1
certfile $work/far.pem
keyfile $work/far.key
password_file $work/mq.passwords
acl_file $work/mq.acl
allow_anonymous false
CONF
chmod 600 "$work/mq.passwords" "$work/mq.acl"
start_broker() {
  mosquitto -c "$work/mq.conf" >/dev/null 2>&1 &
  broker=$!
}
start_broker
broker_listens() { grep -q 'mosquitto version .* running' "$out/mq.log"; }
check "the broker listens" eventually broker_listens
# %j: topic, properties and payload as JSON.
mosquitto_sub -h localhost -p "$mqtt_port" --cafile "$work/ca.pem" -u reader -P reader -V 5 -q 1 -t '#' \
  -c -i reader -x 3600 -F '%j' >"$out/mq.received" 2>/dev/null &
others="$others $!"
subscribed() { grep -q 'reader 1 #' "$out/mq.log"; }
check "somebody subscribes" eventually subscribed

cat >"$work/rsyslog.conf" <<CONF
global(workDirectory="$out" maxMessageSize="16k"
  DefaultNetstreamDriverCAFile="$work/ca.pem" DefaultNetstreamDriverCertFile="$work/far.pem"
  DefaultNetstreamDriverKeyFile="$work/far.key")
module(load="imtcp")
module(load="imudp")
input(type="imtcp" address="127.0.0.1" port="$tcp_port" name="tcp")
input(type="imtcp" address="127.0.0.1" port="$tls_port" name="tls"
  streamDriver.name="ossl" streamDriver.mode="1" streamDriver.authMode="anon")
input(type="imudp" address="127.0.0.1" port="$udp_port" name="udp")
template(name="json" type="list" option.jsonf="on") {
  property(outname="via" name="inputname" format="jsonf")
  property(outname="version" name="protocol-version" format="jsonf")
  property(outname="facility" name="syslogfacility-text" format="jsonf")
  property(outname="severity" name="syslogseverity-text" format="jsonf")
  property(outname="time" name="timereported" dateFormat="rfc3339" format="jsonf")
  property(outname="host" name="hostname" format="jsonf")
  property(outname="app" name="app-name" format="jsonf")
  property(outname="id" name="msgid" format="jsonf")
  property(outname="data" name="structured-data" format="jsonf")
  property(outname="text" name="msg" format="jsonf")
}
*.* action(type="omfile" file="$out/log.received" template="json")
CONF
start_logger() {
  rsyslogd -n -f "$work/rsyslog.conf" -i "$out/rsyslog.pid" >"$out/rsyslog.out" 2>&1 &
  logger=$!
}
start_logger
open_port() { python3 -c "import socket; socket.create_connection(('127.0.0.1', $1)).close()"; }
check "the log server listens" eventually open_port "$tcp_port"

mkdir "$work/bin"
cat >"$work/bin/pager" <<'PY'
#!/usr/bin/env python3
import json, os, sys
request = json.loads(sys.stdin.readline())
assert sys.stdin.read() == "", "more than one line"
request["argument"], request["token"] = sys.argv[1], os.environ["PAGER_TOKEN"]
with open(sys.argv[2], "a") as out:
    out.write(json.dumps(request, ensure_ascii=False) + "\n")
print("paged with", request["token"], file=sys.stderr)
if request["address"] == "later" and request["attempt"] == 1:
    sys.exit(75)
print(json.dumps({"status": "delivered", "remote_id": "p-%d" % request["attempt"]}))
PY
chmod 755 "$work/bin" "$work/bin/pager"

# ---- our side
cp -r config "$work/config"
cat >>"$work/config/channels.yaml" <<YAML
  city_alerts:
    kind: cap
    folder: cap-out
    sender: jinqiao@zone.example
    sender_name: 示例开发区
    headline_en: A notice about a labour dispute
  bus:
    kind: mqtt
    server: localhost
    port: $mqtt_port
    authorities: {file: $work/ca.pem}
    user: {file: $work/user}
    password: {file: $work/password}
  bus_locked_out:
    kind: mqtt
    server: localhost
    port: $mqtt_port
    authorities: {file: $work/ca.pem}
    user: {file: $work/user}
    password: {file: $work/old_password}
  log_tls: {kind: syslog, transport: tls, server: localhost, port: $tls_port, authorities: {file: $work/ca.pem}, hostname: zone-1}
  log_tcp: {kind: syslog, transport: tcp, server: 127.0.0.1, port: $tcp_port, facility: daemon, hostname: zone-1}
  log_udp: {kind: syslog, transport: udp, server: 127.0.0.1, port: $udp_port, hostname: zone-1}
  pager:
    kind: exec
    command: $work/bin/pager
    arguments: [zone, $out/pager.received]
    secrets: {PAGER_TOKEN: {file: $work/password}}
YAML
contact() { # POST-OR-DEPARTMENT CONTACTS
  sed -i "/^  - id: $1\$/,/contacts:/ s/contacts: .*/contacts: [$2]/" "$work/config/organisation.yaml"
}
contact emergency '{channel: city_alerts, address: city-emergency}'
contact leader '{channel: city_alerts, address: leader}'
contact hrss '{channel: bus, address: hrss}'
contact court '{channel: bus_locked_out, address: court}'
contact police '{channel: log_tls, address: police}'
contact justice '{channel: log_tcp, address: justice}'
contact tax '{channel: log_udp, address: tax}'
contact union '{channel: pager, address: union}'
contact housing '{channel: pager, address: later}'
sed -i -e 's/^  first_retry: 5 s /  first_retry: 1 s /' -e 's/^  longest_retry: 1 h /  longest_retry: 2 s /' "$work/config/service.yaml"
chmod 775 "$work/bin"
check "a program that others can exchange is not run" says 'writable by others' "$JINQIAO" --lang en check --config "$work/config"
chmod 755 "$work/bin"
start_zone

alert() { # prints the number
  echo '{"enterprise": {"name": "示例电子（上海）有限公司"}, "event": {"cause": "wage_arrears", "behaviours": ["gate_block"],
    "workers_involved": 400, "noticed_at": "'"$(date -Iseconds)"'"}, "note": "工人堵门讨薪"}' >"$work/alert.json"
  as duty_officer "$JINQIAO" file "$work/alert.json" --json | sed -n 's/.*"number":"\(JQ[^"]*\)".*/\1/p'
}
told() { # DEPARTMENT PATTERN: of one notice to it
  as duty_officer "$JINQIAO" case notices "$number" --json | sed 's/"addressee":/\n&/g' >"$work/notices"
  grep "^\"addressee\":\"department:$1\"" "$work/notices" | grep -qE "$2"
}
number=$(alert)
check "a red alert is filed in Chinese" test -n "$number"

# ---- CAP
there() { [ -n "$(find "$data/cap-out/$1" -name '*.xml' 2>/dev/null)" ]; }
document() { grep -l "$2" "$data/cap-out/$1"/*.xml; } # ADDRESS PATTERN
check "a document lies in its folder" eventually there city-emergency
check "it is an alert for its reader alone" document city-emergency '<msgType>Alert</msgType>'
check "of the case" document city-emergency "<incidents>$number</incidents>"
check "never public" sh -c "! grep -r '<scope>Public' '$data/cap-out'"
check "which is on record" eventually told emergency '"outcome":"delivered","code":"written"'
check "the leader has one too" eventually there leader

# ---- MQTT
event() { says "$2" grep "$1" "$out/mq.received"; }
check "an event arrives" eventually event "$number" '"topic":"jinqiao/red/'
check "as what it is" event "$number" '"content-type":"application/cloudevents\+json; charset=utf-8"'
check "for a day" event "$number" '"message-expiry-interval":86'
check "not to be kept" event "$number" '"retain":0'
check "with the notice in it" event "$number" '"payload":"?\{.*specversion.*收到新的劳动争议预警'
check "its receipt is on record" eventually told hrss '"outcome":"delivered","code":"puback"'
check "a wrong password is told and tried again" eventually told court '"attempt":2,[^}]*"outcome":"retry","code":"login 0x87"'

# ---- syslog
line() { says "$2" grep "\"via\":\"$1\".*$number" "$out/log.received"; } # INPUT PATTERN
for input in tls tcp udp; do
  check "a message comes by $input" eventually line "$input" '"version":"1"'
  check "as severe as its grade, by $input" line "$input" '"severity":"crit".*"host":"zone-1", "app":"jinqiao", "id":"alert"'
  check "with its data, by $input" line "$input" "\[jinqiao@32473 id=.*case=.*$number.*grade=.*red.*exercise=.*no"
  check "and the Chinese text on one line, by $input" line "$input" '"text":".*预警，请签收 收到新的劳动争议预警，请签收并按职责处置。 案件.* 请签收：http'
done
check "its facility is as configured" line tcp '"facility":"daemon"'
check "no more is claimed than is known" eventually told police '"outcome":"delivered","code":"handed_over"'

# ---- a program
paged() { says "$2" grep "\"address\": \"$1\"" "$out/pager.received"; }
check "a program is run" eventually paged union "\"version\": 1.*\"number\": \"$number\".*\"argument\": \"zone\""
check "with its secret" paged union "\"token\": \"$secret\""
check "what it answers is on record" eventually told union '"outcome":"delivered","code":"ok","provider_id":"p-1"'
check "who was put off by exit 75 is tried again" eventually told housing '"outcome":"retry","code":"exit 75".*"outcome":"delivered"'
check "what it says is in the log" grep -q 'a program of channels.yaml says: paged with \*\*\*' "$work/daemon.log"

# ---- the next notice of the same case
check "the crowd leaves the site" as duty_officer exits 0 "$JINQIAO" case act "$number" report_spread \
  --data '{"kind": "place", "where": "区政府门前", "seen_at": "'"$(date -Iseconds)"'"}'
updated() { document leader '<msgType>Update</msgType>'; }
check "the leader gets an update" eventually updated
refers() {
  first=$(sed -n 's,.*<identifier>\(.*\)</identifier>,\1,p' "$(document leader '<msgType>Alert<')")
  document leader "<references>jinqiao@zone.example,$first,20[0-9T:-]*+08:00</references>"
}
check "that refers to the alert" refers

# ---- an exercise
check "a drill is held" as duty_officer exits 1 "$JINQIAO" drill --cause wage_arrears --workers 300 --behaviour gate_block --wait 1
drilled() { document city-emergency '<status>Exercise</status>'; }
check "its document says so" eventually drilled
check "so does its event" eventually event '演练' '"topic":"jinqiao/'
check "and its message" eventually says 'exercise=.*yes' grep '演练' "$out/log.received"

# ---- nobody listens
kill "$broker" "$logger"
wait "$broker" 2>/dev/null || true
wait "$logger" 2>/dev/null || true
number=$(alert)
check "an alert is filed while nobody listens" test -n "$number"
check "the log server's silence is on record" eventually told police '"outcome":"retry","code":"(connect|send)"'
check "and the broker's" eventually told hrss '"outcome":"retry","code":"(connect|connection_lost|timeout)"'
start_broker
start_logger
check "once they are back the event arrives" eventually event "$number" '"topic":"jinqiao/red/'
check "and the message" eventually line tls '"version":"1"'

# ---- all of it
valid() {
  find "$data/cap-out" -name '*.xml' -exec xmllint --noout --nonet --schema "$schema" {} +
}
if [ -f "$schema" ]; then
  check "every document is as the schema wants it" valid
else
  echo "SKIPPED: no document is held against the schema of CAP: JINQIAO_CAP_SCHEMA names it" >&2
fi
every() { [ "$(wc -l <"$out/mq.received")" -gt 0 ] && python3 - "$out/mq.received" <<'PY'
import json, sys
seen = {}
for line in open(sys.argv[1]):
    message = json.loads(line)
    event = message["payload"] if isinstance(message["payload"], dict) else json.loads(message["payload"])
    assert event["specversion"] == "1.0" and event["id"] and event["source"] and event["type"], event
    assert seen.setdefault(event["id"], event) == event, "a repeat differs"
PY
}
check "every event is one, every repeat the same" every
check "it stops when asked" stop_daemon
check "no secret is in the log" sh -c "! grep -F -e '$secret' '$work/daemon.log'"
check "nor in the database" sh -c "! grep -a -F -e '$secret' '$data'/jinqiao.db*"
check "the history is whole" exits 0 "$JINQIAO" audit verify --data "$data"
finish
