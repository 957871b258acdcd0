#!/bin/sh
# Proves that a backup can be restored, and prints how long it took: sh drill.sh BASE BINLOGS UNTIL [HEAD]
# BASE, BINLOGS, UNTIL: as for restore.sh, which restores into a temporary folder. The service is not touched: the drill's
# own server listens on this machine only and ends with it. HEAD: the last head of the journal that the log kept before
# UNTIL. SECRET_KEYS or SECRET_KEYS_FILE: those of the service. No message leaves.
# PORTILLON: the program. DATABASE_NAME. Default: portillon. DRILL_PORT: a free port. DRILL_LOG: kept when the drill fails.
set -eu
here="$(cd "$(dirname "$0")" && pwd)"
portillon="${PORTILLON:-/opt/portillon/apps/api/bin/portillon.mjs}"
port="${DRILL_PORT:-33306}"
log="${DRILL_LOG:-${TMPDIR:-/tmp}/portillon-drill.log}"
began="$(date +%s)"
folder="$(mktemp -d)"
server=
end() {
  code=$?
  [ -z "$server" ] || { kill "$server" 2>/dev/null && wait "$server" || :; }
  cat "$folder"/*.log >"$log" 2>/dev/null || :
  rm -rf "$folder"
  [ "$code" = 0 ] || echo "The drill failed. What MariaDB wrote is in $log." >&2
}
trap end EXIT
chmod 755 "$folder"

sh "$here/restore.sh" "$1" "$2" "$3" "$folder/data"
echo "Restored in $(($(date +%s) - began)) s."

socket="$folder/data/drill.sock"
mariadbd --defaults-file="$folder/data/backup-my.cnf" --datadir="$folder/data" --socket="$socket" \
  --pid-file="$folder/data/drill.pid" --port="$port" --bind-address=127.0.0.1 --skip-log-bin --skip-grant-tables \
  --user="${MYSQL_USER:-mysql}" >"$folder/drill.log" 2>&1 &
server=$!
for _ in $(seq 600); do
  mariadb-admin --socket="$socket" ping >/dev/null 2>&1 && break
  kill -0 "$server" 2>/dev/null || { echo 'MariaDB does not start a second time.' >&2 && exit 1; }
  sleep 0.1
done

cd "$folder"
export NODE_ENV=production PUBLIC_URL=https://drill.invalid SMTP_URL=smtps://drill.invalid MAIL_FROM=drill@drill.invalid
export DATABASE_URL="mysql://drill@127.0.0.1:$port/${DATABASE_NAME:-portillon}"
"$portillon" migrate
# An instance that ran at that second counts as running for 90 seconds after it.
"$portillon" restore clean || { echo 'Trying again in 90 s.' && sleep 90 && "$portillon" restore clean; }
"$portillon" audit verify ${4:+--head "$4"}
echo "$("$portillon" account list | wc -l) accounts are there."
echo "The service would be back $(($(date +%s) - began)) s after the order, as it was before $3."
