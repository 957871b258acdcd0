#!/bin/sh
# Proves that a backup can be restored, and tells how long it took: sh drill.sh BASE BINLOGS UNTIL [HEAD]
# BASE, BINLOGS, UNTIL: as restore.sh takes them, which does it in a folder of its own. Nothing of the service is touched: a
# server of the drill's own listens on this machine alone, and is gone after. HEAD: the last head of the journal that the
# log kept before UNTIL. SECRET_KEYS, or SECRET_KEYS_FILE, are those of the service; no message leaves.
# PORTILLON: the program. DATABASE_NAME: portillon unless told. DRILL_PORT: a free port.
set -eu
here="$(cd "$(dirname "$0")" && pwd)"
portillon="${PORTILLON:-/opt/portillon/apps/api/bin/portillon.mjs}"
port="${DRILL_PORT:-33306}"
began="$(date +%s)"
folder="$(mktemp -d)"
server=
trap '[ -z "$server" ] || { kill "$server"; wait "$server" || :; }; rm -rf "$folder"' EXIT
chmod 755 "$folder"

sh "$here/restore.sh" "$1" "$2" "$3" "$folder/data"
echo "Restored in $(($(date +%s) - began)) s."

mariadbd --defaults-file="$folder/data/backup-my.cnf" --datadir="$folder/data" --socket="$folder/sock" \
  --pid-file="$folder/pid" --port="$port" --bind-address=127.0.0.1 --skip-log-bin --skip-grant-tables \
  --user="${MYSQL_USER:-mysql}" >"$folder/log" 2>&1 &
server=$!
for _ in $(seq 600); do
  mariadb-admin --socket="$folder/sock" ping >/dev/null 2>&1 && break
  kill -0 "$server" || { cat "$folder/log"; exit 1; }
  sleep 0.1
done

cd "$folder"
export NODE_ENV=production PUBLIC_URL=https://drill.invalid SMTP_URL=smtps://drill.invalid MAIL_FROM=drill@drill.invalid
export DATABASE_URL="mysql://drill@127.0.0.1:$port/${DATABASE_NAME:-portillon}"
"$portillon" migrate
# An instance that ran at that second is believed to run for 90 seconds after it.
"$portillon" restore clean || { echo 'Trying again in 90 s.' && sleep 90 && "$portillon" restore clean; }
"$portillon" audit verify ${4:+--head "$4"}
echo "$("$portillon" account list | wc -l) accounts are there."
echo "The service would be back $(($(date +%s) - began)) s after the order, as it was before $3."
