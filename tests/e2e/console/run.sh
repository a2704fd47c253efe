#!/bin/sh
# The console in a browser against the real daemon: run.sh [part of a file's or a story's name]. $JINQIAO
# is the program, default build/dev/jinqiao; SCREENS=DIR keeps a picture of every page that is looked at;
# STORIES=all tells every story in every setting (stories.mjs).
set -eu
cd "$(dirname "$0")"
program=$(realpath "../../../${JINQIAO:-build/dev/jinqiao}" 2>/dev/null || realpath "${JINQIAO}")
[ -d node_modules ] || npm ci --silent --no-audit --no-fund
sh ../../../adapters/console/build.sh "$(dirname "$program")/console" >/dev/null
npm run --silent size --prefix ../../../adapters/console/web | tail -n 1
JINQIAO=$program exec node stories.mjs "$@"
