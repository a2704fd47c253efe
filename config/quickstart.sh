#!/bin/sh
# From a clone to a running demonstration: installs what is missing, builds, seeds a demonstration
# zone into JINQIAO_HOME (default ./var), starts the daemon. --prepare stops before the daemon.
set -eu
cd "$(dirname "$0")/.."

prepare=no
case ${1:-} in
  '') ;;
  --prepare) prepare=yes ;;
  *) echo "usage: sh config/quickstart.sh [--prepare]" >&2; exit 2 ;;
esac
: "${JINQIAO_HOME:=./var}"
export JINQIAO_HOME

sh config/install-packages.sh build
cmake --preset release
cmake --build --preset release
console=http://127.0.0.1:8470
sh adapters/console/build.sh build/release/console || console='not built; the rest works without it 未构建，其余照常'

mkdir -p "$JINQIAO_HOME"
chmod 700 "$JINQIAO_HOME"
build/release/jinqiao check --config config
build/release/jinqiao seed --if-empty --config config --data "$JINQIAO_HOME" config/demo/zone.yaml

cat <<TEXT

Ready. 就绪。

  console               网页控制台       $console
  API                   接口             http://127.0.0.1:8470/api/v1/openapi.json
  who may log in        登录令牌         $JINQIAO_HOME/demo-tokens.json
  notices sent          已发通知         $JINQIAO_HOME/spool/
  database              数据库           $JINQIAO_HOME/jinqiao.db

File a first alert from another terminal: 在另一终端报送第一条预警：

  export JINQIAO_TOKEN=\$(sed -n 's/.*"enterprise_union": *"\([^"]*\)".*/\1/p' "$JINQIAO_HOME/demo-tokens.json")
  echo '{"enterprise": {"name": "示例精密部件（金桥）有限公司"}, "event": {"cause": "wage_arrears",
    "behaviours": ["gathering_inside"], "workers_involved": 60, "noticed_at": "'"\$(date -Iseconds)"'"}}' |
    build/release/jinqiao file -
  build/release/jinqiao case list

Or be asked for each fact: build/release/jinqiao file 也可逐项填写：build/release/jinqiao file
Complete commands with Tab 命令补全:  . <(build/release/jinqiao completion bash); alias jinqiao=build/release/jinqiao
Manual 手册:                          build/release/jinqiao man | man -l -

TEXT
[ "$prepare" = no ] || exit 0
exec build/release/jinqiao serve --config config --data "$JINQIAO_HOME" --listen 127.0.0.1:8470
