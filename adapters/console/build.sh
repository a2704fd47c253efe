#!/bin/sh
# Builds the web console from web/ into a folder the daemon serves, by default the one beside the
# release program: sh adapters/console/build.sh [FOLDER]. Nothing newer than what is there: nothing is
# done. Needs Node.js 18 and npm, and, the first time, npm's registry for what package-lock.json names.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
target=${1:-$here/../../build/release/console}
case $target in /*) ;; *) target=$PWD/$target ;; esac
web=$here/web

[ -f "$web/package.json" ] || { echo "no sources of the console in $web" >&2; exit 3; }
if [ -f "$target/index.html" ] &&
  [ -z "$(find "$web" \( -name node_modules -o -name dist \) -prune -o -type f -newer "$target/index.html" -print)" ]
then
  exit 0
fi
command -v npm >/dev/null || { echo "npm is not installed" >&2; exit 3; }

cd "$web"
npm ci --no-audit --no-fund
npm run build
[ -f dist/index.html ] || { echo "npm run build made no dist/index.html" >&2; exit 3; }
mkdir -p "$(dirname "$target")"
rm -rf "$target.new"
cp -R dist "$target.new"
touch "$target.new/index.html"   # newer than every source, whatever the clock of the build said
rm -rf "$target"
mv "$target.new" "$target"
