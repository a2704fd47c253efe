#!/bin/sh
# The console in a browser against the real daemon: run.sh [part of a story's name]. $JINQIAO is the
# program, default build/dev/jinqiao; SCREENS=DIR keeps a picture of every page that is looked at;
# STORIES_AS=1 to 4 takes one of the settings: language, size and colours.
set -eu
cd "$(dirname "$0")"
web=../../../adapters/console/web
[ -d node_modules ] || npm ci --silent
[ -d "$web/node_modules" ] || npm ci --silent --prefix "$web"
npm run --silent build --prefix "$web" >/dev/null
npm run --silent size --prefix "$web" | tail -n 1
exec node stories.mjs "$@"
