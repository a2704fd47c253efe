# What the end-to-end scripts share; sourced by POSIX sh. A script calls `check NAME command…` for
# each thing that has to hold, and `finish` at its end, which prints "N passed, N failed".
# The program is $JINQIAO, default build/dev/jinqiao.
: "${JINQIAO:=build/dev/jinqiao}"
passed=0
failed=0
daemon=
work=$(mktemp -d)
trap 'kill_daemon; rm -rf "$work"' EXIT
trap 'exit 1' INT TERM

check() { # NAME command…
  name=$1
  shift
  if "$@" >"$work/check.out" 2>&1; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    echo "FAILED: $name" >&2
    sed 's/^/    /' "$work/check.out" >&2
  fi
}

exits() { # CODE command…
  wanted=$1
  shift
  "$@" && got=0 || got=$?
  [ "$got" -eq "$wanted" ] || { echo "exit code $got, not $wanted: $*"; return 1; }
}

# Tries again for a while, because what it waits for happens in another process.
eventually() { # command…
  tries=0
  until "$@"; do
    tries=$((tries + 1))
    [ "$tries" -lt 150 ] || return 1
    sleep 0.1
  done
}

says() { # PATTERN command…
  pattern=$1
  shift
  "$@" 2>&1 | tee "$work/said" | grep -qE "$pattern" || { cat "$work/said"; return 1; }
}

listening() { grep -q 'listening on' "$work/daemon.log"; }

start_daemon() { # CONFIG DATA
  : >"$work/daemon.log"
  "$JINQIAO" serve --config "$1" --data "$2" --listen 127.0.0.1:0 2>"$work/daemon.log" &
  daemon=$!
  eventually listening || { cat "$work/daemon.log" >&2; return 1; }
  JINQIAO_URL=http://$(sed -n 's/.*listening on \([0-9.:]*\).*/\1/p' "$work/daemon.log")
  export JINQIAO_URL
}

stop_daemon() { # answers its exit code
  kill -TERM "$daemon"
  wait "$daemon" && code=0 || code=$?
  daemon=
  return "$code"
}

kill_daemon() {
  [ -z "$daemon" ] || kill -KILL "$daemon" 2>/dev/null || true
  [ -z "$daemon" ] || wait "$daemon" 2>/dev/null || true
  daemon=
}

# A receiver of webhooks at "$(cat "$work/port")"; what it gets is in $work/received.
start_receiver() { # SCRIPT [option…]
  node "$1" "$work/port" ${2:+"$2"} >"$work/received" &
  receiver=$!
  trap 'kill "$receiver" 2>/dev/null || true; kill_daemon; rm -rf "$work"' EXIT
  eventually test -s "$work/port"
}

webhook_channel() { # NAME PATH: a channel to the receiver in the copied configuration
  printf 'http://127.0.0.1:%s/%s' "$(cat "$work/port")" "$2" >"$work/$1.url"
  cat >>"$work/config/channels.yaml" <<YAML
  $1:
    kind: webhook
    url: {file: $work/$1.url}
    secret: {file: $work/secret}
    allow_private: true
YAML
}

# The daemon on the copied configuration, with the demonstration zone in $data.
start_zone() {
  check "the configuration is fit for use" exits 0 "$JINQIAO" check --config "$work/config"
  check "a zone is put in" exits 0 "$JINQIAO" seed --config "$work/config" --data "$data" config/demo/zone.yaml
  check "the daemon starts" start_daemon "$work/config" "$data"
}

token() { # NAME DATA
  sed -n "s/.*\"$1\": *\"\([^\"]*\)\".*/\1/p" "$2/demo-tokens.json"
}

as() { # ROLE command…
  JINQIAO_TOKEN=$(token "$1" "$data")
  export JINQIAO_TOKEN
  shift
  "$@"
}

finish() {
  echo "$passed passed, $failed failed"
  [ "$failed" -eq 0 ]
}
