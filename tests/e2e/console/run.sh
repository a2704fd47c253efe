#!/bin/sh
# The console in a browser against the real daemon: run.sh [part of a file's or a story's name]. $JINQIAO
# is the program, default build/dev/jinqiao; a picture of every page that is looked at goes to $SCREENS,
# default tests/e2e/screens; STORIES=all tells every story in every setting (stories.mjs).
set -eu
program=$(realpath "${JINQIAO:-$(dirname "$0")/../../../build/dev/jinqiao}")
cd "$(dirname "$0")"
[ -d node_modules ] || npm ci --silent --no-audit --no-fund
sh ../../../adapters/console/build.sh "$(dirname "$program")/console" >/dev/null
npm run --silent size --prefix ../../../adapters/console/web | tail -n 1
SCREENS=${SCREENS:-$PWD/../screens} JINQIAO=$program exec node stories.mjs "$@"
