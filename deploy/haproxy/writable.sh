#!/bin/sh
# HAProxy's check of a database node. It fails for a node that refuses writes: a Galera node without a quorum, or a
# secondary of Group Replication. Needs the client of MariaDB or MySQL. HAProxy passes its own address and port, then
# those of the node. The account has no rights: CREATE USER haproxy@'%'.
client=$(command -v mariadb || command -v mysql)
"$client" --no-defaults --host="$3" --port="$4" --user=haproxy --connect-timeout=2 --batch --skip-column-names \
  --execute='SELECT @@global.read_only' | grep -qx 0
