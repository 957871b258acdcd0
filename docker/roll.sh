#!/bin/sh
# Recreates the two instances of compose.yaml one by one, so that no request fails: sh docker/roll.sh
# With the card: CARD=1 sh docker/roll.sh
set -eu
cd "$(dirname "$0")"
compose() {
  docker compose -f compose.yaml ${CARD:+-f compose.card.yaml} "$@"
}
# The tables first, then the rights on them.
compose run --rm migrate
compose run --rm rights
compose run --rm --no-deps grants
for number in 1 2; do
  address="172.30.55.1$number:3000"
  compose exec -T nginx sh /etc/nginx/portillon/instance.sh out "$address"
  # Ends once it answers its health check.
  compose up -d --no-deps --force-recreate --wait "api-$number"
  compose exec -T nginx sh /etc/nginx/portillon/instance.sh in "$address"
done
