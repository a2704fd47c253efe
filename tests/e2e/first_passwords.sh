#!/bin/sh
# The first passwords of a zone: typed by people, kept for their owner only, and good for nothing but
# choosing another unless the zone is a demonstration that nobody else can reach.
set -eu
cd "$(dirname "$0")/../.."
. tests/e2e/lib.sh

cp -r config "$work/config"
sed -i 's/password_passes: .*/password_passes: 1/; s/password_memory_mib: .*/password_memory_mib: 8/' "$work/config/service.yaml"
sed 's/^demo: true/demo: false/' config/demo/zone.yaml >"$work/earnest.yaml"
cp -r "$work/config" "$work/public"
sed -i 's|^public_url: .*|public_url: "https://jinqiao.example"|' "$work/public/service.yaml"

seed() { "$JINQIAO" --lang en seed --config "$work/config" --data "$1" "$2"; }
password_of() { sed -n "s/^$1  *\([^ ]*\).*/\1/p" "$2/first-passwords.txt"; }
session() { # ACCOUNT PASSWORD
  curl -s -H 'Content-Type: application/json' -d "{\"account\": \"$1\", \"password\": \"$2\"}" "$JINQIAO_URL/api/v1/session"
}
by_token() { curl -s -o "$work/answer" -w '%{http_code}' -H "Authorization: Bearer $1" "$JINQIAO_URL/api/v1/$2"; }
token_in() { sed -n 's/.*"token":"\([^"]*\)".*/\1/p'; }

demo=$work/demo earnest=$work/earnest
check "a demonstration says where its passwords are" says 'first-passwords.txt' seed "$demo" config/demo/zone.yaml
check "they are for their owner only" says '^-rw-------' ls -l "$demo/first-passwords.txt"
check "each can be typed" sh -c "! grep -v '^#' '$demo/first-passwords.txt' | grep -vE '^[a-z_0-9]+ +([a-z2-9]{4}-){2}[a-z2-9]{4} '"
check "there is one of each account" says '^23$' grep -c '^a_' "$demo/first-passwords.txt"
check "in a demonstration it is the same for all" says '^1$' sh -c "grep '^a_' '$demo/first-passwords.txt' | awk '{print \$2}' | sort -u | wc -l"
check "the database knows it by its hash" sh -c "! grep -qa -e '$(password_of a_mediator "$demo")' '$demo/jinqiao.db'"

check "the daemon starts" start_daemon "$work/config" "$demo"
secret=$(password_of a_duty_officer "$demo")
check "it is good as it is from this machine" says '"must_change":false' session a_duty_officer "$secret"
opened=$(session a_duty_officer "$secret" | token_in)
check "and opens the tasks" says '^200$' by_token "$opened" tasks
check "another one is not" says 'sign_in_failed' session a_duty_officer wrong-wrong-wrong
check "it stops" stop_daemon

check "the daemon starts where others reach it" start_daemon "$work/public" "$demo"
check "there the same password has to be changed" says '"must_change":true' session a_duty_officer "$secret"
check "a session of before opens nothing else either" says '^403$' by_token "$opened" tasks
opened=$(session a_duty_officer "$secret" | token_in)
check "nothing else is open" says '^403$' by_token "$opened" tasks
check "the answer says why" says 'password_change_required' cat "$work/answer"
check "its owner changes it" says '"set_password"' curl -s -H "Authorization: Bearer $opened" -H 'Content-Type: application/json' \
  -d "{\"old_password\": \"$secret\", \"password\": \"words of my own\"}" "$JINQIAO_URL/api/v1/accounts/a_duty_officer/password"
check "the old one is good no more" says 'sign_in_failed' session a_duty_officer "$secret"
opened=$(session a_duty_officer 'words of my own' | token_in)
check "and everything is open" says '^200$' by_token "$opened" tasks
check "it stops" stop_daemon

check "a zone in earnest is put in" exits 0 seed "$earnest" "$work/earnest.yaml"
check "each account has its own" says '^23$' sh -c "grep '^a_' '$earnest/first-passwords.txt' | awk '{print \$2}' | sort -u | wc -l"
check "the daemon starts" start_daemon "$work/config" "$earnest"
secret=$(password_of a_supervisor "$earnest")
check "at home too it has to be changed" says '"must_change":true' session a_supervisor "$secret"
opened=$(session a_supervisor "$secret" | token_in)
check "nothing else is open" says '^403$' by_token "$opened" tasks
curl -s -H "Authorization: Bearer $opened" -H 'Content-Type: application/json' \
  -d "{\"old_password\": \"$secret\", \"password\": \"words of my own\"}" \
  "$JINQIAO_URL/api/v1/accounts/a_supervisor/password" >/dev/null
check "a supervisor then sets up a second factor" says '"must_enrol":true' session a_supervisor 'words of my own'
check "it stops" stop_daemon
finish
