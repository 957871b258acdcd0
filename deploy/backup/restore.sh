#!/bin/sh
# Restores MariaDB to the second: sh restore.sh BASE BINLOGS UNTIL DATA
# BASE: a folder that mariadb-backup made; it stays as it is. BINLOGS: the folder of the binary logs since. UNTIL: the first
# second that is not restored, in UTC, as '2026-11-29 09:14:05'. DATA: the new data folder, which is made.
# As root, or as the user of the server; MYSQL_USER names the one the server runs as (mysql).
set -eu
base="$1" binlogs="$2" until="$3" data="$4"
user="${MYSQL_USER:-mysql}"

cp -R "$base" "$data"
mariadb-backup --prepare --target-dir="$data" 2>"$data.log" || { cat "$data.log"; exit 1; }
[ "$(id -u)" != 0 ] || chown -R "$user" "$data"

# On a socket alone: nobody else signs in meanwhile.
mariadbd --defaults-file="$data/backup-my.cnf" --datadir="$data" --socket="$data.sock" --pid-file="$data.pid" \
  --skip-networking --skip-log-bin --user="$user" >>"$data.log" 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null || :; wait "$server" || :' EXIT
for _ in $(seq 600); do
  mariadb-admin --socket="$data.sock" --user=root ping >/dev/null 2>&1 && break
  kill -0 "$server" || { cat "$data.log"; exit 1; }
  sleep 0.1
done

# Where the backup ends the binary logs go on.
read -r first position _ <"$data/mariadb_backup_binlog_info"
logs="$(cd "$binlogs" && ls | grep -E "^${first%.*}\.[0-9]+$" | awk -v first="$first" '$0 >= first')"
(cd "$binlogs" &&
  TZ=UTC mariadb-binlog --start-position="$position" --stop-datetime="$until" $logs) |
  mariadb --socket="$data.sock" --user=root --binary-mode
