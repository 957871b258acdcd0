#!/bin/sh
# HAProxy's check of a database node. It fails for a node that refuses writes: a Galera node without a quorum, or a
# secondary of Group Replication. Needs the client of MariaDB or MySQL. HAProxy passes its own address and port, then
# those of the node. The account has no rights: CREATE USER haproxy@'%'.
client=$(command -v mariadb || command -v mysql)
state=$("$client" --no-defaults --host="$3" --port="$4" --user=haproxy --connect-timeout=2 --batch --skip-column-names \
  --execute="SELECT @@global.read_only; SHOW STATUS LIKE 'wsrep_provider_name'; SHOW STATUS LIKE 'wsrep_ready'") || exit 1
# A Galera node without a quorum answers a SELECT that reads no table. MariaDB 12 says OFF for 0 (not run).
case $state in *Galera*OFF) exit 1 ;; 0* | OFF*) exit 0 ;; *) exit 1 ;; esac
