#!/bin/sh
# Takes an instance out of nginx, or puts it back: sh instance.sh out|in ADDRESS:PORT
# Or does so by what each instance says of its readiness, every 5 s, until it is stopped: sh instance.sh watch
# Run where nginx runs. INSTANCES: the file of its `server` lines. PID: that of its process id.
set -eu
file="${INSTANCES:-/etc/nginx/portillon/instances/api.conf}"
pid="${PID:-/run/nginx.pid}"
# What `watch` writes, so that it leaves alone what an operator took out.
not_ready=' down; # not ready'

# Written in place: the file stays the one that a container has mounted.
end_line() {
  lines="$(sed "/^server $1 /{s/;.*//;s/ down$//;s/$/$2/}" "$file")"
  printf '%s\n' "$lines" >"$file"
}

# The addresses that no operator has taken out.
served() { sed -n '/ down;$/d;s/^server \([^ ]*\) .*/\1/p' "$file"; }

watch() {
  while sleep 5; do
    before="$(cat "$file")"
    ready='' away=''
    for address in $(served); do
      if curl -fs -m 2 -o /dev/null "http://$address/health/ready"; then ready="$ready $address"; else away="$away $address"; fi
    done
    # With none ready they all stay: their answers are better than none.
    [ -n "$ready" ] || continue
    # Meanwhile an operator may have changed it.
    [ "$before" = "$(cat "$file")" ] || continue
    for address in $ready; do end_line "$address" ';'; done
    for address in $away; do end_line "$address" "$not_ready"; done
    [ "$before" = "$(cat "$file")" ] && continue
    echo "ready:$ready, not ready:${away:- none}"
    kill -HUP "$(cat "$pid")"
  done
}

case "${1:-}" in
  out) end=' down;' ;;
  in) end=';' ;;
  watch) watch ;;
  *) echo 'usage: instance.sh out|in ADDRESS:PORT, or instance.sh watch' >&2 && exit 2 ;;
esac
grep -q "^server $2 " "$file" || { echo "$file has no line: server $2 …" >&2 && exit 1; }
nginx="$(cat "$pid")"
end_line "$2" "$end"
kill -HUP "$nginx"
# An old worker finishes its requests with the old instances, for a slow browser up to half a minute. The next instance
# may only be taken out once no old worker is left.
sleep 1
while pgrep -P "$nginx" -f 'is shutting down' >/dev/null; do sleep 1; done
