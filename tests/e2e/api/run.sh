#!/bin/sh
# The API as its description promises it, to clients that know nothing else: run.sh [STEPS]. The
# description is linted; answers go through a proxy that holds them against it; a client takes STEPS
# random steps, a third of them broken on purpose.
set -eu
cd "$(dirname "$0")/../../.."
. tests/e2e/lib.sh
data=$work/var
here=tests/e2e/api
steps=${1:-1500}

[ -d $here/node_modules ] ||
  npm ci --prefix $here --no-audit --no-fund >"$work/npm.log" 2>&1 || { cat "$work/npm.log" >&2; exit 1; }
bin=$PWD/$here/node_modules/.bin
cp -r config "$work/config"
# Five hundred watchers share twenty accounts and one address here, and nobody waits.
sed -i -e 's/^  streams_each: .*/  streams_each: 100/' \
  -e 's/^  connections_per_address: .*/  connections_per_address: 1024/' \
  -e 's/^  requests_per_\([a-z]*\): .*/  requests_per_\1: {burst: 0, every: 1 s}/' "$work/config/service.yaml"
start_zone
for language in zh-CN en; do
  curl -sf -H "Accept-Language: $language" "$JINQIAO_URL/api/v1/openapi.json" >"$work/openapi.$language.json"
  check "the description is sound ($language, redocly)" \
    "$bin/redocly" lint --config $here/redocly.yaml "$work/openapi.$language.json"
  check "the description is sound ($language, spectral)" \
    "$bin/spectral" lint --ruleset $here/spectral.yaml --fail-severity hint "$work/openapi.$language.json"
done
"$JINQIAO" diagram dispute --format dot >"$work/states.dot"

# Prism says in a field of the answer what of it was not promised.
proxy() { # DESCRIPTION: at $proxy_url
  "$bin/prism" proxy "$1" "$JINQIAO_URL" --port "$2" >"$work/prism.log" 2>&1 &
  prism=$!
  trap 'kill "$prism" 2>/dev/null || true; kill_daemon; rm -rf "$work"' EXIT
  proxy_url=http://127.0.0.1:$2
  # It reads the whole description first, which takes a slow machine a while.
  for _ in 1 2 3 4; do eventually grep -q 'is listening' "$work/prism.log" && return 0; done
  cat "$work/prism.log"
  return 1
}
free_port() {
  node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })'
}
walk() { node $here/walk.mjs "$JINQIAO_URL" "$data/demo-tokens.json" "$work/states.dot" "$@"; }

check "a validating proxy starts" proxy "$work/openapi.en.json" "$(free_port)"
check "every answer is as described" walk "$((steps / 6))" 3 "$proxy_url"
kill "$prism"
sed 's/"required":\["id","number"/"required":["nobody_has_this","id","number"/' "$work/openapi.en.json" >"$work/promises.json"
check "a proxy for a description that promises more starts" proxy "$work/promises.json" "$(free_port)"
check "and is not satisfied" says 'not as described' walk 30 3 "$proxy_url"
kill "$prism"
check "$steps random steps do no harm" walk "$steps" 1
tail -n 2 "$work/check.out"
check "five hundred watch, and one of them does not read" \
  node $here/streams.mjs "$JINQIAO_URL" "$data/demo-tokens.json"
tail -n 1 "$work/check.out"
check "and every case is whole" exits 0 "$JINQIAO" audit verify --data "$data"
check "the daemon stops" exits 0 stop_daemon
finish
