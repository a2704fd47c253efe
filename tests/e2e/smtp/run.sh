#!/bin/sh
# Mail as the program sends it, taken by servers nobody here wrote and read by their parser: TLS from
# the first byte, STARTTLS, and plain; what is put off, refused, lost, and sent while nobody listens.
# Once more to an Exim, which delivers into mailboxes: for that it wants to be started by root.
set -eu
cd "$(dirname "$0")/../../.."
. tests/e2e/lib.sh
data=$work/var

[ -d tests/e2e/smtp/node_modules ] ||
  npm ci --prefix tests/e2e/smtp --no-audit --no-fund >"$work/npm.log" 2>&1 || { cat "$work/npm.log" >&2; exit 1; }

certificates() { # an authority and, signed by it, the server's
  new='openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes'
  $new -x509 -days 2 -subj "/CN=Test authority" -keyout "$work/ca.key" -out "$work/ca.pem" &&
    $new -subj "/CN=mail" -keyout "$work/mail.key" -out "$work/mail.csr" &&
    echo 'subjectAltName=DNS:localhost' >"$work/mail.ext" &&
    openssl x509 -req -days 2 -in "$work/mail.csr" -CA "$work/ca.pem" -CAkey "$work/ca.key" \
      -CAcreateserial -extfile "$work/mail.ext" -out "$work/mail.pem"
}
check "certificates are made" certificates

MAIL_USER=alerts@zone.example
MAIL_PASSWORD=open-$(head -c 12 /dev/urandom | base64 | tr '+/' '-_')
export MAIL_USER MAIL_PASSWORD
printf '%s\n' "$MAIL_USER" >"$work/user"
printf '%s\n' "$MAIL_PASSWORD" >"$work/password"
printf 'yesterday-%s\n' "$MAIL_PASSWORD" >"$work/old_password"
mail_server() {
  node tests/e2e/smtp/server.mjs "$work/ports" "$work/mail.key" "$work/mail.pem" >>"$work/received" &
  receiver=$!
}
: >"$work/received"
mail_server
trap 'kill "$receiver" 2>/dev/null || true; kill_daemon; rm -rf "$work"' EXIT
check "the mail servers listen" eventually test -s "$work/ports"
port() { sed -n "s/.*\"$1\":\([0-9]*\).*/\1/p" "$work/ports"; }

# ---- a mail server as zones have them
PATH=$PATH:/usr/sbin
mta=
if [ "$(id -u)" -eq 0 ] && command -v exim4 >/dev/null && id Debian-exim >/dev/null 2>&1; then mta=yes; fi
[ -n "$mta" ] || echo "SKIPPED: nothing is sent to Exim: it takes root and the package exim4-daemon-light" >&2
exim=$work/exim
free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
mta_tls=$(free_port)
mta_starttls=$(free_port)
configure_mta() {
  mkdir -p "$exim/spool" "$exim/mail"
  cp "$work/mail.key" "$work/mail.pem" "$exim/"
  cat >"$exim/exim.conf" <<CONF
keep_environment =
primary_hostname = mx.zone.example
spool_directory = $exim/spool
log_file_path = $exim/spool/%slog
pid_file_path = $exim/spool/pid
local_interfaces = 127.0.0.1
daemon_smtp_ports = $mta_tls : $mta_starttls
tls_on_connect_ports = $mta_tls
tls_advertise_hosts = *
tls_certificate = $exim/mail.pem
tls_privatekey = $exim/mail.key
auth_advertise_hosts = \${if eq{\$tls_in_cipher}{}{}{*}}
deliver_drop_privilege = true
host_lookup =
rfc1413_hosts =
acl_smtp_rcpt = recipient
begin acl
recipient:
  deny local_parts = nobody
       message = 5.1.1 no such mailbox
  defer local_parts = full
       message = 4.2.2 the mailbox is full
  accept authenticated = *
       domains = zone.example
  deny message = 5.7.1 relaying denied
begin routers
mailboxes:
  driver = accept
  local_parts = commerce : market : finance
  transport = maildir
begin transports
maildir:
  driver = appendfile
  directory = $exim/mail/\$local_part_data
  maildir_format
begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = \${if and{{eq{\$auth2}{$MAIL_USER}}{eq{\$auth3}{$MAIL_PASSWORD}}}}
  server_set_id = \$auth2
CONF
  chown -R Debian-exim:Debian-exim "$exim"
  chown root "$exim/exim.conf"
  chmod a+x "$work"
}
start_mta() {
  setpriv --reuid=Debian-exim --regid=Debian-exim --clear-groups exim4 -C "$exim/exim.conf" -bdf -q1m >"$exim.out" 2>&1 &
  mta=$!
}
if [ -n "$mta" ]; then
  configure_mta
  start_mta
  trap 'kill "$receiver" "$mta" 2>/dev/null || true; kill_daemon; rm -rf "$work"' EXIT
  mta_listens() { grep -q 'listening for' "$exim/spool/mainlog"; }
  check "Exim listens" eventually mta_listens
fi

cp -r config "$work/config"
channel() { # NAME TLS PASSWORD-FILE [more lines [port]]
  cat <<YAML
  $1:
    kind: smtp
    server: localhost
    tls: $2
    port: ${5:-$(port "$2")}
    from: alerts@zone.example
    from_name: 金桥预警
    reply_to: duty@zone.example
    allow_private: true
YAML
  [ -z "$3" ] || printf '    user: {file: %s}\n    password: {file: %s}\n' "$work/user" "$work/$3"
  [ -z "${4:-}" ] || printf '    %s\n' "$4"
}
{
  channel mail implicit password "authorities: {file: $work/ca.pem}"
  channel mail_starttls starttls password "authorities: {file: $work/ca.pem}"
  channel mail_relay none ''
  channel mail_locked_out implicit old_password "authorities: {file: $work/ca.pem}"
  channel mta implicit password "authorities: {file: $work/ca.pem}" "$mta_tls"
  channel mta_starttls starttls password "authorities: {file: $work/ca.pem}" "$mta_starttls"
  channel mail_stranger implicit password # by the system's authorities, who do not know the server
} >>"$work/config/channels.yaml"

contact() { # POST-OR-DEPARTMENT CONTACTS
  sed -i "/^  - id: $1\$/,/contacts:/ s/contacts: .*/contacts: [$2]/" "$work/config/organisation.yaml"
}
contact hrss '{channel: mail, address: hrss@zone.example}'
contact leader '{channel: mail, address: leader@zone.example}'
contact justice '{channel: mail_starttls, address: justice@zone.example}'
contact police '{channel: mail_relay, address: police@zone.example}'
contact union '{channel: mail, address: later@zone.example}'
contact housing '{channel: mail, address: nobody@zone.example}, {channel: mail_relay, address: housing@zone.example}'
contact petition '{channel: mail_starttls, address: lost@zone.example}'
contact tax '{channel: mail, address: "not an address"}, {channel: file}'
check "a contact that is no mailbox is told at its line" \
  says 'organisation.yaml:[0-9]+:[0-9]+: departments\.[0-9]+\.contacts\.0\.address: expected an e-mail address' \
  "$JINQIAO" --lang en check --config "$work/config"
contact tax '{channel: file}'
contact court '{channel: mail_locked_out, address: court@zone.example}'
contact emergency '{channel: mail_stranger, address: emergency@zone.example}'
if [ -n "$mta" ]; then
  contact commerce '{channel: mta, address: commerce@zone.example}'
  contact market '{channel: mta_starttls, address: market@zone.example}'
  contact finance '{channel: mta, address: nobody@zone.example}, {channel: mta_starttls, address: finance@zone.example}'
  contact plc '{channel: mta, address: full@zone.example}'
fi
sed -i -e 's/^  first_retry: 5 s /  first_retry: 1 s /' -e 's/^  longest_retry: 1 h /  longest_retry: 2 s /' "$work/config/service.yaml"
start_zone

alert() { # prints the number
  echo '{"enterprise": {"name": "示例电子（上海）有限公司"}, "event": {"cause": "wage_arrears", "behaviours": ["gate_block"],
    "workers_involved": 400, "noticed_at": "'"$(date -Iseconds)"'"}, "note": "工人堵门讨薪"}' >"$work/alert.json"
  as duty_officer "$JINQIAO" file "$work/alert.json" --json | sed -n 's/.*"number":"\(JQ[^"]*\)".*/\1/p'
}
mails() { grep "\"to\":\"$1@zone.example\"" "$work/received"; } # TO
mail() { says "$2" mails "$1"; }                                # TO PATTERN
comes() { eventually mail "$1" '"id":'; }                       # TO
told() { # DEPARTMENT PATTERN: of one notice to it
  as duty_officer "$JINQIAO" case notices "$number" --json | sed 's/"addressee":/\n&/g' >"$work/notices"
  grep "^\"addressee\":\"department:$1\"" "$work/notices" | grep -qE "$2"
}

number=$(alert)
check "a red alert is filed in Chinese" test -n "$number"

# ---- what is taken
check "by TLS from the first byte it arrives" comes hrss
check "by somebody who has logged in" mail hrss '"kind":"implicit".*"user":"alerts@zone.example","encrypted":true'
check "the subject is Chinese" mail hrss "\"subject\":\"【红色（Ⅰ级）】$number 预警，请签收\""
check "so are the text and its sender's name" mail hrss '"name":"金桥预警".*"text":"收到新的劳动争议预警，请签收并按职责处置。'
check "the link to sign with is in it" mail hrss '请签收：http://[^ ]*/s/[A-Za-z0-9_-]+\\n"'
check "no name of an enterprise is" sh -c "! grep 示例电子 '$work/received'"
check "envelope and head agree" mail hrss '"sender":"alerts@zone.example","from":"alerts@zone.example".*"replyTo":"duty@zone.example","headTo":"hrss@zone.example"'
check "programs are told not to answer" mail hrss '"automatic":"auto-generated","exercise":null,"age":[0-9],'
check "the queue's name for it is on record" eventually told hrss '"code":"250 2.0.0","provider_id":"Q[0-9]+"'
check "by STARTTLS it arrives" comes justice
check "encrypted before the login" mail justice '"kind":"starttls".*"user":"alerts@zone.example","encrypted":true'
check "by the relay beside the machine it arrives" comes police
check "in plain text and without a login" mail police '"kind":"none".*"user":null,"encrypted":false'

# ---- what is not
check "who was put off is tried again" comes later
check "after 451" mail later '"refused":451'
check "and both are on record" eventually told union '"code":"451 4.7.1".*"outcome":"delivered"'
again() { mail lost '"attempt":2'; }
check "what was cut off before the answer comes again" eventually again
check "under the same Message-ID" sh -c "[ \$(grep '\"to\":\"lost@' '$work/received' | sed 's/.*\"id\":\"\([^\"]*\)\".*/\1/' | sort -u | wc -l) -eq 1 ]"
check "byte for byte" mail lost '"attempt":2.*"same":true'
check "its first outcome was unknown" eventually told petition '"outcome":"unknown".*"outcome":"delivered"'
check "after 550 the next contact is tried" comes housing
check "the refusal is on record" told housing '"outcome":"rejected","code":"550 5.1.1"'
check "a wrong password is tried again" eventually told court '"attempt":2,[^}]*"outcome":"retry","code":"login 535 5.7.8"'
check "a server nobody vouches for gets nothing" eventually told emergency '"outcome":"retry","code":"tls_certificate"'

# ---- what lies in the mailboxes of Exim
mailbox() { # NAME: of its only message, what a mail program would show
  python3 - "$exim/mail/$1/new" <<'PY'
import email, email.policy, os, sys
[name] = os.listdir(sys.argv[1])
with open(os.path.join(sys.argv[1], name), "rb") as file:
    mail = email.message_from_binary_file(file, policy=email.policy.default)
print(mail["subject"], mail["from"], mail["to"], mail["message-id"], mail["auto-submitted"], sep="|")
print(mail["received"], "|", mail["return-path"], mail.defects, mail["subject"].defects)
print(mail.get_content())
PY
}
in_mailbox() { says "$2" mailbox "$1"; } # NAME PATTERN
if [ -n "$mta" ]; then
  there() { [ -n "$(ls "$exim/mail/$1/new" 2>/dev/null)" ]; }
  check "Exim delivers what came by TLS" eventually there commerce
  check "in Chinese, from us, to its reader" in_mailbox commerce \
    "^【红色（Ⅰ级）】$number 预警，请签收\|金桥预警 <$MAIL_USER>\|commerce@zone.example\|<.*@zone.example>\|auto-generated"
  check "by an encrypted login" in_mailbox commerce 'with esmtpsa .*\[\] \(\)'
  check "with the link to sign by" in_mailbox commerce '^请签收：http://.*/s/[A-Za-z0-9_-]+[[:space:]]*$'
  check "and what came by STARTTLS" eventually there market
  check "which was encrypted before the login" in_mailbox market 'with esmtpsa '
  check "Exim's name for it is on record" eventually told commerce '"outcome":"delivered","code":"250","provider_id":"[A-Za-z0-9-]+"'
  check "who has no mailbox is refused" eventually told finance '"outcome":"rejected","code":"550 5.1.1"'
  check "and the next contact is reached" eventually there finance
  check "who is full is tried again" eventually told plc '"attempt":2,[^}]*"outcome":"retry","code":"451 4.2.2"'
fi

# ---- one conversation for each case
check "the leader is told of the alert" comes leader
check "the crowd leaves the site" as duty_officer exits 0 "$JINQIAO" case act "$number" report_spread \
  --data '{"kind": "place", "where": "区政府门前", "seen_at": "'"$(date -Iseconds)"'"}'
both() { [ "$(mails leader | grep -c '"attempt":1')" -ge "$1" ]; }
check "the leader is told of that too" eventually both 2
threads() { mails leader | sed 's/.*"thread":\[\([^]]*\)\].*/\1/' | sort -u | wc -l; }
ids() { mails leader | sed 's/.*"id":"\([^"]*\)".*/\1/' | sort -u | wc -l; }
check "in the same conversation" test "$(threads)" -eq 1
check "under another Message-ID" test "$(ids)" -eq 2

# ---- an exercise
check "a drill is held" as duty_officer exits 1 "$JINQIAO" drill --cause wage_arrears --workers 300 --behaviour gate_block --wait 1
drilled() { mail hrss '"subject":"【演练】.*"text":"【演练】.*"exercise":"yes"'; }
check "its mail says so to people and programs" eventually drilled
check "in a conversation of its own" test "$(mails hrss | sed 's/.*"thread":\["\([^"]*\)".*/\1/' | sort -u | wc -l)" -eq 2

# ---- nobody listens
kill "$receiver"
wait "$receiver" 2>/dev/null || true
number=$(alert)
check "an alert is filed while the servers are down" test -n "$number"
check "which is on record" eventually told hrss '"outcome":"retry","code":"connect"'
before=$(grep -c "$number" "$work/received" || true)
mail_server
back() { grep -q "\"to\":\"hrss@zone.example\".*$number" "$work/received"; }
check "nothing of it had arrived" test "$before" -eq 0
check "once they are back it arrives" eventually back

# ---- all of it
check "every mail is as the standards want it" sh -c "! grep '\"faults\":\[[^]]' '$work/received'"
check "every repeat was the same" sh -c "! grep '\"same\":false' '$work/received'"
check "it stops when asked" stop_daemon
check "no password and no address is in the log" sh -c "! grep -e '$MAIL_PASSWORD' -e zone.example '$work/daemon.log'"
check "nor a password in the database" sh -c "! grep -a -e '$MAIL_PASSWORD' '$data'/jinqiao.db*"
check "the history is whole" exits 0 "$JINQIAO" audit verify --data "$data"
finish
