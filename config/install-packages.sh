#!/bin/sh
# Installs the packages of config/packages.txt that are missing: install-packages.sh build [test].
# Nothing missing: nothing is done, and no network is needed.
set -eu
list=$(dirname "$0")/packages.txt

installed() { # package [command]
  if [ -n "${2:-}" ] && command -v "$2" >/dev/null; then return 0; fi
  dpkg-query -W -f '${Status}' "$1" 2>/dev/null | grep -q 'install ok installed'
}

missing=$(
  while read -r part package command; do
    case " $* " in *" $part "*) installed "$package" "$command" || printf ' %s' "$package" ;; esac
  done <"$list"
)
[ -n "$missing" ] || exit 0

echo "installing:$missing" >&2
as_root=
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || { echo "needs root or sudo to install:$missing" >&2; exit 3; }
  as_root=sudo
fi
$as_root apt-get update >/dev/null
# shellcheck disable=SC2086 # one word a package
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing >&2
