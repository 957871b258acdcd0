#!/bin/sh
# Copies MariaDB's binary logs as they are written, until it or MariaDB ends: sh binlog.sh FOLDER. binlog-copy.service
# starts it again. FOLDER: of this server's logs alone, since each server begins with binlog.000001; after a restore it
# must be a new one. BACKUP_CNF: the options of the backup account. Default: /etc/mysql/backup.cnf.
# TEXTFILE: where prometheus-node-exporter reads the time of the last copied event. Default: Debian's folder, if it is there.
set -eu
folder="$1"
options="--defaults-extra-file=${BACKUP_CNF:-/etc/mysql/backup.cnf}"
textfile="${TEXTFILE:-/var/lib/prometheus/node-exporter/portillon-binlog.prom}"
fail() {
  echo "$1" >&2
  exit 1
}
# The event with which a log begins names the second in which its server made it.
beginning() {
  mariadb-binlog "$@" --stop-position=500 2>/dev/null | sed -n 's/.*\(Start: binlog .*\)/\1/p' | head -n 1
}

[ -d "$folder" ] || fail "$folder does not exist: make it, as backup.md says."
mariadb "$options" --execute='SELECT 1' >/dev/null || fail 'MariaDB does not let the backup account in.'
newest="$(cd "$folder" && ls | grep -E '^[^.]+\.[0-9]+$' | tail -n 1)"
if [ -n "$newest" ]; then
  here="$(beginning "$folder/$newest")"
  [ "$here" = "$(beginning "$options" --read-from-remote-server "$newest")" ] ||
    fail "$folder has other logs than this server, after a restore or a long pause: make a new folder and a new backup, as backup.md says."
  # It is copied again from its beginning.
  cp -p "$folder/$newest" "$folder/$newest.before"
else
  newest="$(mariadb "$options" -N --execute='SHOW BINARY LOGS' | awk 'NR == 1 { print $1 }')"
  [ -n "$newest" ] || fail 'MariaDB writes no binary log: set log_bin, as backup.md says.'
fi

mariadb-binlog "$options" --read-from-remote-server --raw --stop-never --result-file="$folder/" "$newest" &
copy=$!
trap 'kill "$copy" 2>/dev/null || :' EXIT
while kill -0 "$copy" 2>/dev/null; do
  sleep 15 &
  copied="$(stat -c %Y "$folder"/*.[0-9]* 2>/dev/null | sort -n | tail -n 1)"
  if [ -n "$copied" ] && [ -d "$(dirname "$textfile")" ]; then
    echo "mariadb_binlog_copied_timestamp_seconds $copied" >"$textfile.tmp"
    mv "$textfile.tmp" "$textfile"
  fi
  wait $!
done
wait "$copy"
