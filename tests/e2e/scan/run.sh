#!/bin/sh
# What scanners find: run.sh. The daemon with the demonstration zone on loopback, looked through by
# wapiti (the pages and forms anybody may reach, and the API with a session) and sqlmap (every place of
# a call where somebody may write). Finding something is a failure; so is a scanner that reached nothing.
set -eu
root=$(cd "$(dirname "$0")/../../.." && pwd)
program=$(realpath "${JINQIAO:-$root/build/dev/jinqiao}")
work=$(mktemp -d)
chmod 700 "$work"
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
url=https://127.0.0.1:$port
pid=
trap '[ -z "$pid" ] || kill "$pid" 2>/dev/null; rm -rf "$work"' EXIT
passed=0
failed=0

holds() { # NAME command…
  name=$1
  shift
  if "$@"; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAILED: $name" >&2; fi
}

cd "$root"
cp -R config "$work/config"
# A scanner asks faster than people do.
sed -i -E 's/^( *(requests|failures)_per_(account|address): \{burst: )[0-9]+/\10/' "$work/config/service.yaml"
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1 \
  -keyout "$work/key.pem" -out "$work/cert.pem" 2>/dev/null
sed -i -E "s|^  # (tls:)|  \\1|; s|^  #   certificate: .*|    certificate: $work/cert.pem|; s|^  #   key: .*|    key: $work/key.pem|" "$work/config/service.yaml"
export CURL_CA_BUNDLE="$work/cert.pem"
JINQIAO_HOME=$work "$program" seed --config "$work/config" --data "$work" config/demo/zone.yaml >/dev/null
"$program" serve --config "$work/config" --data "$work" --listen "127.0.0.1:$port" >"$work/serve.log" 2>&1 &
pid=$!
for _ in $(seq 300); do curl -fs "$url/readyz" >/dev/null && break; sleep 0.2; done
curl -fs "$url/readyz" >/dev/null || { cat "$work/serve.log" >&2; exit 3; }
token() { python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))[sys.argv[2]])' "$work/demo-tokens.json" "$1"; }

case_id=$(curl -fsS "$url/api/v1/alerts" -H "Authorization: Bearer $(token enterprise_union)" -H 'Content-Type: application/json' \
  --data '{"enterprise":{"name":"示例精密部件（金桥）有限公司"},"event":{"cause":"wage_arrears","behaviours":["gathering_inside"],"noticed_at":"'"$(date -u +%Y-%m-%dT%H:%M:%SZ)"'"},"note":"工资拖欠两个月","filing":"identified"}' |
  python3 -c 'import json, sys; print(json.load(sys.stdin)["id"])')
sign_url=
for _ in $(seq 100); do
  sign_url=$(grep -rhos '/s/[A-Za-z0-9_-]*' "$work/spool" | head -n 1)
  [ -z "$sign_url" ] || break
  sleep 0.2
done
[ -n "$sign_url" ] || { echo "no notice with a link was spooled" >&2; exit 3; }
sign_url=$url$sign_url

wapiti_finds_nothing() { # NAME URL [option…]
  out=$work/wapiti-$1.json
  address=$2
  shift 2
  wapiti -u "$address" --flush-session --store-session "$work/wapiti" -f json -o "$out" \
    -m backup,blindsql,crlf,csp,exec,file,htaccess,http_headers,methods,nikto,permanentxss,redirect,shellshock,sql,ssrf,xss,xxe \
    --max-scan-time 600 --verify-ssl 0 --no-bugreport "$@" >"$work/wapiti.log" 2>&1 || { tail -n 20 "$work/wapiti.log" >&2; return 1; }
  python3 tests/e2e/scan/findings.py "$out"
}

sqlmap_finds_nothing() { # URL [option…]
  address=$1
  shift
  sqlmap -u "$address" --batch --level 3 --risk 2 --dbms sqlite --threads 2 --output-dir "$work/sqlmap" \
    --flush-session --ignore-code '*' "$@" >"$work/sqlmap.log" 2>&1 || { tail -n 20 "$work/sqlmap.log" >&2; return 1; }
  if grep -E 'is vulnerable|identified the following injection|appears to be .*injectable' "$work/sqlmap.log" >&2; then return 1; fi
  grep -q 'do not appear to be injectable' "$work/sqlmap.log" || { tail -n 20 "$work/sqlmap.log" >&2; return 1; }
}

holds "wapiti: the console" wapiti_finds_nothing console "$url/"
holds "wapiti: a sign page" wapiti_finds_nothing sign "$sign_url" --scope page
holds "wapiti: the API of a duty officer" wapiti_finds_nothing api "$url/api/v1/cases?q=x&stage=warn&sort=-filed_at" \
  --scope folder -H "Authorization: Bearer $(token duty_officer)"
while read -r who path; do
  holds "sqlmap: $path" sqlmap_finds_nothing "$url$path" -H "Authorization: Bearer $(token "$who")"
done <<EOF
duty_officer /api/v1/cases?q=x&stage=warn&grade=blue&owner=duty_desk&state=reported&sort=-filed_at&cursor=x&limit=5
duty_officer /api/v1/cases/$case_id*/history
duty_officer /api/v1/enterprises?q=x
duty_officer /api/v1/tasks?limit=5
supervisor /api/v1/board/enterprises?area=x&limit=5
supervisor /api/v1/reports/causes?from=2026-11-01&to=2026-12-01
administrator /api/v1/audit?who=x&what=x&stream=cases&limit=5
EOF
holds "sqlmap: sign-in" sqlmap_finds_nothing "$url/api/v1/session" --method POST \
  -H 'Content-Type: application/json' --data '{"account":"a*","password":"b*"}'
holds "sqlmap: a receipt code" sqlmap_finds_nothing "$url/api/v1/anonymous/conversation" --method POST \
  -H 'Content-Type: application/json' --data '{"code":"12345*"}'
holds "nothing of it stopped the daemon" curl -fs "$url/readyz" -o /dev/null
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
