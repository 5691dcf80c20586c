#!/bin/sh
# Stands in for the entry point of the official image: the same variables, and the same two starts, the first without a network.
set -e
export PGDATA=/var/lib/postgresql/data
as_postgres() { su postgres -s /bin/sh -c "$1"; }

mkdir -p "$PGDATA" && chown postgres "$PGDATA" && chmod 700 "$PGDATA"
printf '%s' "$POSTGRES_PASSWORD" > /tmp/password && chown postgres /tmp/password
as_postgres "initdb --username='${POSTGRES_USER:-postgres}' --pwfile=/tmp/password --auth-local=trust --auth-host=scram-sha-256 --encoding=UTF8 --locale=C"
rm /tmp/password
echo 'host all all all scram-sha-256' >> "$PGDATA/pg_hba.conf"
as_postgres "pg_ctl -w -o \"-c listen_addresses='' -k /tmp\" start"
as_postgres "pg_ctl -w -m fast stop"
shift
exec su postgres -s /bin/sh -c "exec postgres -c listen_addresses='*' -k /tmp $*"
