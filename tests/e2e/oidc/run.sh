#!/bin/sh
# Signing in at another server (OpenID Connect): at a real provider as people do, and at a crooked one
# that tries what attackers try. $JINQIAO is the program, default build/dev/jinqiao.
set -eu
cd "$(dirname "$0")"
program=$(realpath "../../../${JINQIAO:-build/dev/jinqiao}" 2>/dev/null || realpath "${JINQIAO}")
[ -d node_modules ] || npm ci --silent --no-audit --no-fund
JINQIAO=$program exec node stories.mjs
