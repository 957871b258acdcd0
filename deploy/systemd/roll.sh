#!/bin/sh
# Restarts the instances of this machine whose program, settings, secrets or units have changed since their start, one after
# the other, so that no request fails: sh /opt/portillon/deploy/systemd/roll.sh. Before: "portillon migrate" and its grants.
set -eu
units=/etc/systemd/system
nginx=/etc/nginx/portillon/instance.sh

changed_since() { find /opt/portillon /etc/portillon "$units"/portillon* -maxdepth 2 -newerct "$1" | grep -q .; }
in_nginx() { [ ! -e "$nginx" ] || sh "$nginx" "$1" "127.0.0.1:$PORT"; }

for file in "$units"/multi-user.target.wants/portillon@*.service; do
  unit="${file##*/}"
  instance="${unit#*@}"
  # PORT and OPS_PORT.
  . "/etc/portillon/${instance%.service}"
  started="$(systemctl show --timestamp=unix --property=ActiveEnterTimestamp --value "$unit")"
  if ! systemctl --quiet is-active "$unit" || changed_since "$started"; then
    in_nginx out
    systemctl restart "$unit"
    echo "Restarted $unit."
  fi
  tries=0
  until curl --fail --silent --output /dev/null "http://127.0.0.1:$OPS_PORT/health/ready"; do
    [ "$tries" -lt 60 ] || { echo "$unit is not ready, and stays out of nginx: journalctl -u $unit" >&2 && exit 1; }
    tries=$((tries + 1))
    sleep 1
  done
  in_nginx in
done
systemctl try-restart portillon-worker
