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
  accounts, passwords   账号与密码       $JINQIAO_HOME/first-passwords.txt
  tokens for programs   程序令牌         $JINQIAO_HOME/demo-tokens.json
  notices sent          已发通知         $JINQIAO_HOME/spool/
  database              数据库           $JINQIAO_HOME/jinqiao.db

Open the console and sign in as one of these; the password is the same for all of them:
打开控制台，用下列账号之一登录，密码都一样：

  a_enterprise_union    files a report              企业工会，报送
  a_duty_officer        takes it                    值班员，接报
  a_mediator            settles it                  调解员，调解
  a_supervisor          watches over it             分管负责人，督办
  a_department_hrss     is told and signs for it    人社部门，签收
  a_administrator       runs the system             管理员

  password 密码         $(sed -n 's/^a_duty_officer *\([^ ]*\).*/\1/p' "$JINQIAO_HOME/first-passwords.txt" 2>/dev/null)

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
