#!/bin/sh
# Takes an instance out of nginx, or puts it back: sh instance.sh out|in ADDRESS:PORT
# Run where nginx runs. INSTANCES: the file of its `server` lines. PID: that of its process id.
set -eu
file="${INSTANCES:-/etc/nginx/portillon/instances/api.conf}"
nginx="$(cat "${PID:-/run/nginx.pid}")"
case "${1:-}" in
  out) down=' down' ;;
  in) down='' ;;
  *) echo 'usage: instance.sh out|in ADDRESS:PORT' >&2 && exit 2 ;;
esac
grep -q "^server $2 " "$file" || { echo "$file has no line: server $2 …" >&2 && exit 1; }
# Written in place: the file stays the one that a container has mounted.
lines="$(sed "/^server $2 /{s/ down;/;/;s/;/$down;/}" "$file")"
printf '%s\n' "$lines" >"$file"
kill -HUP "$nginx"
# An old worker finishes its requests with the old instances, for a slow browser up to half a minute. The next instance
# may only be taken out once no old worker is left.
sleep 1
while pgrep -P "$nginx" -f 'is shutting down' >/dev/null; do sleep 1; done
