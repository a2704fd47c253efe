#!/bin/sh
# Slow, broken and greedy clients: people at work do not notice them. run.sh [SECONDS a measurement]
# [TURNS]. For each kind of them: a quiet measurement and one under attack, TURNS times (odd), on the
# same daemon; the 99th percentile may double at most, as the ratio of the medians. All of them come
# from one address, the people too, and there are more slow connections than the daemon has places
# for. What else the machine does shows in the figures as well, so that a kind is tried up to five
# times; clients that really hurt would hurt each time.
set -eu
cd "$(dirname "$0")/../../.."
. tests/e2e/lib.sh
data=$work/var
seconds=${1:-2}
turns=${2:-1}
here=tests/e2e/slow_clients

check "a zone is put in" exits 0 "$JINQIAO" seed --config config --data "$data" config/demo/zone.yaml
check "the daemon starts" start_daemon config "$data"
people=$(token duty_officer "$data")
for place in 1 2 3 4 5; do
  echo '{"event": {"cause": "wage_arrears", "place": "示例路'"$place"'号", "noticed_at": "'"$(date -Iseconds)"'"}}' >"$work/alert.json"
  check "a case is there to be listed" as duty_officer exits 0 "$JINQIAO" file "$work/alert.json"
done

normal() { node $here/normal.mjs "$JINQIAO_URL" "$people" "$seconds"; }
figure() { sed -n "s/.*\"$1\":\([0-9.]*\).*/\1/p"; }
middle() { sort -n | sed -n "$(((turns + 1) / 2))p"; }

slow() { # option…
  slowhttptest -c 2000 -r 500 -i 5 -l $((seconds + 3)) -v 0 -p 5 "$@"
}
attack() { # KIND
  case $1 in
    slow_headers) slow -H -u "$JINQIAO_URL/api/v1/cases" ;;
    slow_body) slow -B -s 8192 -t POST -u "$JINQIAO_URL/api/v1/alerts" ;;
    slow_read) slow -X -k 20 -w 16 -y 64 -n 2 -z 8 -u "$JINQIAO_URL/api/v1/openapi.json" ;;
    *) node $here/hostile.mjs "$JINQIAO_URL" "$1" $((seconds + 2)) ;;
  esac
}

# Nobody is turned away, and the 99th percentile doubles at most. Below 10 ms it is the scheduler of
# the machine that is measured: nobody notices the difference between one millisecond and three.
bears() { # KIND
  tries=1
  until once_more "$1"; do
    tries=$((tries + 1))
    [ "$tries" -le 5 ] || return 1
  done
}

once_more() { # KIND
  : >"$work/quiet"
  : >"$work/attacked"
  for turn in $(seq "$turns"); do
    normal >"$work/one" && figure p99_ms <"$work/one" >>"$work/quiet"
    attack "$1" >"$work/attack.log" 2>&1 &
    attacker=$!
    sleep 1 # until most of them are there
    normal >"$work/one"
    wait "$attacker" || true
    figure p99_ms <"$work/one" >>"$work/attacked"
    [ "$(figure failed <"$work/one")" = 0 ] || { echo "turn $turn: $(cat "$work/one")"; return 1; }
  done
  before=$(middle <"$work/quiet")
  during=$(middle <"$work/attacked")
  echo "   $1: 99th percentile $before ms, attacked $during ms" | tee -a "$work/figures"
  awk -v before="$before" -v during="$during" 'BEGIN { exit !(during <= 2 * before || during <= 10) }'
}

for kind in slow_headers slow_body slow_read silent garbage oversized pipelined; do
  check "people at work bear $kind" bears "$kind"
done
check "it is ready as before" says '"ready":true' curl -s "$JINQIAO_URL/readyz"
most_memory() { sed -n 's/^VmHWM:[[:space:]]*\([0-9]*\) kB/\1/p' "/proc/$daemon/status"; }
memory_below() { [ "$(most_memory)" -lt "$1" ] || { most_memory; return 1; }; }
check "and never held more memory than it should (kB)" memory_below 700000
check "it stops when asked" stop_daemon
cat "$work/figures"
finish
