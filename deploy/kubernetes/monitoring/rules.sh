#!/bin/sh
# Writes deploy/monitoring/prometheus/*.rules.yaml as objects of the operator of Prometheus: sh deploy/kubernetes/monitoring/rules.sh
set -eu
cd "$(dirname "$0")"
for file in ../../monitoring/prometheus/*.rules.yaml; do
  name="$(basename "$file" .rules.yaml)"
  printf -- '---\napiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nmetadata:\n  name: portillon-%s\nspec:\n' "$name"
  sed 's/^./  &/' "$file"
done >rules.yaml
