#!/bin/sh
# Makes a self-signed certificate for a trial on this machine: sh docker/certificate.sh [host]
# For real use, replace it with one of a known authority: docker/certificates/portillon.{crt,key}
set -eu
host="${1:-portillon.localhost}"
folder="$(dirname "$0")/certificates"
mkdir -p "$folder"
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 90 -subj "/CN=$host" \
  -addext "subjectAltName=DNS:$host" -keyout "$folder/portillon.key" -out "$folder/portillon.crt"
echo "Made for $host: $folder/portillon.crt"
