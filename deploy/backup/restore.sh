#!/bin/sh
# Restores MariaDB to the second: sh restore.sh BASE BINLOGS UNTIL DATA
# BASE: a folder that mariadb-backup made; it is not changed. BINLOGS: the folder of the later binary logs. UNTIL: the first
# second that is not restored, in UTC, as '2026-11-29 09:14:05'. DATA: the new data folder, which this script makes.
# Run it as root or as the user of the server. MYSQL_USER: the user that the server runs as. Default: mysql.
# The programs write their output to DATA.log.
set -eu
base="$1" binlogs="$2" until="$3" data="$4"
user="${MYSQL_USER:-mysql}" log="$data.log"
fail() {
  echo "$1 The details are in $log." >&2
  exit 1
}

[ ! -e "$data" ] || { echo "$data exists: name a new folder." >&2 && exit 1; }
cp -R "$base" "$data"
mariadb-backup --prepare --target-dir="$data" >"$log" 2>&1 || fail "$base is not a complete backup."
[ "$(id -u)" != 0 ] || chown -R "$user" "$data"

# On a socket alone, so that no client connects meanwhile; in the data folder, the one place that the server may write to.
socket="$data/restore.sock"
mariadbd --defaults-file="$data/backup-my.cnf" --datadir="$data" --socket="$socket" --pid-file="$data/restore.pid" \
  --skip-networking --skip-log-bin --user="$user" >>"$log" 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null || :; wait "$server" || :' EXIT
# Debian's MariaDB lets root and mysql in by their user name on the machine (unix_socket).
client="--socket=$socket --user=$(id -un)"
for _ in $(seq 600); do
  mariadb $client --execute='SELECT 1' >>"$log" 2>&1 && break
  kill -0 "$server" 2>/dev/null || fail 'MariaDB does not start on the restored files.'
  sleep 0.1
done
mariadb $client --execute='SELECT 1' >>"$log" 2>&1 || fail "MariaDB does not let $(id -un) in."

# The binary logs continue where the backup ends. MariaDB 10.11 writes that place to the file with the older name.
place="$data/mariadb_backup_binlog_info"
[ -e "$place" ] || place="$data/xtrabackup_binlog_info"
[ -e "$place" ] || fail 'The backup does not say where it ends: was log_bin on?'
read -r first position _ <"$place"
[ -e "$binlogs/$first" ] || fail "$binlogs lacks $first, where the backup ends."
logs="$(cd "$binlogs" && ls | grep -E "^${first%.*}\.[0-9]+$" | awk -v first="$first" '$0 >= first')"
# A log that cannot be read to its end becomes a statement that MariaDB refuses: a pipe reports its last command alone.
(cd "$binlogs" &&
  TZ=UTC mariadb-binlog --start-position="$position" --stop-datetime="$until" $logs 2>>"$log" || echo 'unreadable;') |
  mariadb $client --binary-mode >>"$log" 2>&1 || fail 'A binary log could not be applied.'
