#!/bin/sh
# Backups of a daemon under load: what was acknowledged before one is in it, it comes back, and what
# was damaged since is refused.
set -eu
cd "$(dirname "$0")/../.."
. tests/e2e/lib.sh
data=$work/var
mkdir "$work/tries"
cp -r config "$work/config"
start_zone
JINQIAO_TOKEN=$(token enterprise_union "$data")
export JINQIAO_TOKEN

# Files alerts until told to stop; ids are written down once they are acknowledged. An answer that
# does not come is asked for again under the same key.
file_alerts() { # NAME
  n=0
  until [ -e "$work/enough" ]; do
    n=$((n + 1))
    until code=$(curl -s -o "$work/tries/$1" -w '%{http_code}' "$JINQIAO_URL/api/v1/alerts" \
      -H "Authorization: Bearer $JINQIAO_TOKEN" -H 'Content-Type: application/json' -H "Idempotency-Key: $1-$n" \
      -d '{"enterprise": {"name": "示例'"$1-$n"'"}, "event": {"cause": "wage_arrears", "workers_involved": 5,
           "noticed_at": "'"$(date -Iseconds)"'"}}') && [ "$code" = 201 ]; do
      [ ! -e "$work/enough" ] || return 0
    done
    # The line as a whole: somebody reads beside us.
    printf '%s\n' "$(sed 's/.*"number":"\([^"]*\)".*/\1/' "$work/tries/$1")" >>"$work/filed.$1"
  done
}

acknowledged() { cat "$work"/filed.? 2>/dev/null | grep '^JQ-' || true; }
more_than() { [ "$(acknowledged | wc -l)" -gt "$1" ]; }

numbers_in() { # DATABASE
  python3 -c "import sqlite3, sys
for row in sqlite3.connect('file:' + sys.argv[1] + '?mode=ro', uri=True).execute('SELECT number FROM cases'):
    print(row[0])" "$1"
}

holds() { # FILE DATA: every number of the file is a case there
  numbers_in "$2/jinqiao.db" | sort >"$work/there"
  sort "$1" | comm -23 - "$work/there" >"$work/lost"
  [ ! -s "$work/lost" ] || { echo "not in the backup:"; cat "$work/lost"; return 1; }
}

file_alerts a & one=$!
file_alerts b & two=$!
file_alerts c & three=$!
check "alerts are filed" eventually more_than 5
for n in 1 2 3 4 5; do
  known=$(acknowledged | wc -l)
  acknowledged >"$work/before.$n"
  check "backup $n under load" exits 0 "$JINQIAO" backup --data "$data" --output "$work/b$n.tar"
  check "alerts go on being filed" eventually more_than "$known"
done
check "a folder gets a file named by the time" exits 0 "$JINQIAO" backup --data "$data" --output "$work/nightly/"
check "it is there" says '^jinqiao-[0-9]{8}T[0-9]{6}Z.tar$' ls "$work/nightly"
check "a backup is never written over" exits 1 "$JINQIAO" backup --data "$data" --output "$work/b1.tar"
# An attachment is part of what is kept.
printf '%%PDF-1.7 payroll sheet' >"$work/sheet.pdf"
paper=$("$JINQIAO" document add "$work/sheet.pdf")
echo '{"event": {"place": "南门", "noticed_at": "'"$(date -Iseconds)"'"}, "note": "工资表", "documents": ["'"$paper"'"]}' >"$work/papers.json"
check "an alert names a document" exits 0 "$JINQIAO" file "$work/papers.json"
check "the daemon's own history is whole" exits 0 "$JINQIAO" audit verify --data "$data"

acknowledged >"$work/before.killed"
kill_daemon
check "a backup after a kill" exits 0 "$JINQIAO" backup --data "$data" --output "$work/bkilled.tar"
touch "$work/enough"
wait "$one" "$two" "$three" 2>/dev/null || true

for n in 1 2 3 4 5 killed; do
  check "backup $n is restored" exits 0 "$JINQIAO" restore --input "$work/b$n.tar" --data "$work/back$n"
  check "backup $n holds what was acknowledged before" holds "$work/before.$n" "$work/back$n"
  check "the history of backup $n is whole" exits 0 "$JINQIAO" audit verify --data "$work/back$n"
done
check "a backup is for its owner only" says '^-rw-------' ls -l "$work/b1.tar"
check "what is restored too" says '^-rw-------' ls -l "$work/back1/jinqiao.db"
check "no key is in it" sh -c "! tar -tf '$work/b1.tar' | grep -q key"
check "it says which is to be kept elsewhere" says 'keys/link.key' "$JINQIAO" restore --input "$work/b1.tar" --data "$work/again"
check "what is there is left alone" exits 1 "$JINQIAO" restore --input "$work/b1.tar" --data "$data"
# The killed daemon may have left a notice half-written in its spool; that is another matter.
check "nothing unfinished lies about" sh -c \
  "! find '$work' -path '*/spool' -prune -o \( -name '*.part*' -o -name '.restore-*' \) -print | grep ."

# The file means something without the program too.
mkdir "$work/open"
tar -xf "$work/b3.tar" -C "$work/open"
check "sha256sum knows its parts" sh -c "cd '$work/open' && sha256sum -c --quiet SHA256SUMS"
check "the folder it was unpacked into is a backup" exits 0 "$JINQIAO" restore --check --input "$work/open"
tar -cf "$work/packed.tar" -C "$work/open" .
check "packed again by tar it is one too" exits 0 "$JINQIAO" restore --check --input "$work/packed.tar"
check "and says what it holds" says '"ok":true.*"cases":[1-9]' "$JINQIAO" restore --check --input "$work/open" --json

changed() { # BYTE: one bit of the backup there
  cp "$work/b2.tar" "$work/bad.tar"
  byte=$(od -An -tu1 -j "$1" -N 1 "$work/bad.tar" | tr -d ' ')
  # shellcheck disable=SC2059 # the byte is the format
  printf "$(printf '\\%03o' $((byte ^ 1)))" | dd of="$work/bad.tar" bs=1 seek="$1" conv=notrunc 2>/dev/null
}
refused() { # PATTERN INPUT: for a reason, and nothing is put in place
  rm -rf "$work/none"
  "$JINQIAO" --lang en restore --input "$2" --data "$work/none" >"$work/refusal" 2>&1 && return 1
  [ "$?" -ne 3 ] || { cat "$work/refusal"; return 1; }
  grep -qE "$1" "$work/refusal" || { cat "$work/refusal"; return 1; }
  [ ! -e "$work/none/jinqiao.db" ]
}
size=$(wc -c <"$work/b2.tar")
changed 20000
check "a changed byte of the database is found" refused 'jinqiao.db is not what it was' "$work/bad.tar"
changed 124
check "one of the tar file's own too" refused 'damaged' "$work/bad.tar"
changed $((size - 2000))
check "and one near the end" refused 'is not what it was|damaged|missing' "$work/bad.tar"
head -c $((size / 2)) "$work/b2.tar" >"$work/bad.tar"
check "half a file is refused" refused 'cut off' "$work/bad.tar"
head -c $((size - 100)) "$work/b2.tar" >"$work/bad.tar"
check "one that lacks its end too" refused 'cut off' "$work/bad.tar"
for part in jinqiao.db chains.txt manifest.json SHA256SUMS; do
  tar -cf "$work/bad.tar" -C "$work/open" --exclude="./$part" .
  check "a backup without $part is refused" refused "$part is missing" "$work/bad.tar"
done
check "no file at all could not be done" exits 3 "$JINQIAO" restore --input "$work/nowhere.tar" --data "$work/none"
check "a full disk is said, and leaves nothing" sh -c \
  "ulimit -f 40; trap '' XFSZ; '$JINQIAO' backup --data '$data' --output '$work/full.tar' && exit 1; [ ! -e '$work/full.tar' ]"

# A zone goes on from its backup.
cp -r "$data/keys" "$work/backkilled/"
check "a daemon starts on what was restored" start_daemon "$work/config" "$work/backkilled"
check "with its document" exits 0 "$JINQIAO" document get "$paper" -o "$work/sheet.back"
check "byte for byte" cmp "$work/sheet.pdf" "$work/sheet.back"
number=$(tail -n 1 "$work/before.killed")
check "its people find their cases" says "$number" "$JINQIAO" case show "$number"
check "and go on" as duty_officer exits 0 "$JINQIAO" case act "$number" acknowledge
check "a backup of the backup" exits 0 "$JINQIAO" backup --data "$work/backkilled" --output "$work/twice.tar"
check "it stops when asked" stop_daemon
check "its history is whole" exits 0 "$JINQIAO" audit verify --data "$work/backkilled"
in_database() { # SQL
  python3 -c "import sqlite3, sys
base = sqlite3.connect(sys.argv[1])
base.executescript(sys.argv[2])
base.commit()" "$work/spoilt/jinqiao.db" "$1"
}
cp -r "$work/backkilled" "$work/spoilt"
in_database "UPDATE contents SET bytes = cast('%PDF-1.7 another sheet' AS BLOB)"
check "a document that was exchanged shows" says '(附件|document)' "$JINQIAO" audit verify --data "$work/spoilt"
in_database "DELETE FROM documents; DELETE FROM contents"
check "and one that was taken away" exits 1 "$JINQIAO" audit verify --data "$work/spoilt"
check "a backup with no daemon" exits 0 "$JINQIAO" backup --data "$work/backkilled" --output "$work/still.tar"

# Programs of other versions.
made_by() { # VERSION SQL: the database as the program of that schema left it
  python3 -c "import sqlite3, sys
base = sqlite3.connect(sys.argv[1])
base.executescript(sys.argv[3] + '; PRAGMA user_version=' + sys.argv[2])" "$work/back1/jinqiao.db" "$1" "$2"
}
made_by 3 "DROP TABLE dead_letters; DROP INDEX deliveries_merged; DROP INDEX deliveries_channel; DROP INDEX deliveries_group;
  ALTER TABLE deliveries DROP COLUMN priority; ALTER TABLE deliveries DROP COLUMN since_ms; ALTER TABLE deliveries DROP COLUMN successor;
  ALTER TABLE attempts DROP COLUMN recipients; ALTER TABLE notices DROP COLUMN pattern;
  CREATE INDEX deliveries_channel ON deliveries(channel, next_at_ms, ord) WHERE head = 1;
  CREATE INDEX deliveries_group ON deliveries(kase, channel, address, ord) WHERE state = 'pending';
  DROP TABLE concerns; DROP TRIGGER case_concerns; DROP TRIGGER case_concerns_others; DROP INDEX cases_tail;
  DROP INDEX cases_exercise; DROP TABLE figures; DROP INDEX cases_due; CREATE INDEX cases_due ON cases(next_due_ms, id) WHERE open = 1;
  ALTER TABLE accounts ADD COLUMN token_hash TEXT NOT NULL DEFAULT '';
  UPDATE accounts SET token_hash = coalesce((SELECT hash FROM tokens WHERE account = accounts.id), '');
  DROP TABLE documents; DROP TABLE contents; DROP TABLE tokens; CREATE INDEX accounts_token ON accounts(token_hash) WHERE token_hash <> ''"
check "an older program's data are backed up" exits 0 "$JINQIAO" backup --data "$work/back1" --output "$work/older.tar"
check "and come back" exits 0 "$JINQIAO" restore --input "$work/older.tar" --data "$work/older"
check "for a newer daemon" start_daemon "$work/config" "$work/older"
check "it stops when asked" stop_daemon
check "whose history is whole" exits 0 "$JINQIAO" audit verify --data "$work/older"
made_by 99 'SELECT 1'
check "a newer program's are left to it" says 'this program knows versions up to' "$JINQIAO" backup --data "$work/back1" --output "$work/newer.tar"
check "and no file is made" test ! -e "$work/newer.tar"
finish
