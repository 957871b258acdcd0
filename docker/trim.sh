#!/bin/sh
# Removes from node_modules what the server never loads: sh docker/trim.sh
set -eu
# Links to our own libs, which are in the bundle; what npm keeps though nothing asks for it: a compiler, a hash, nice(2).
rm -rf node_modules/@portillon node_modules/.cache node_modules/typescript node_modules/@node-rs/xxhash* node_modules/@napi-rs/nice*
# Programs for a machine without glibc, which Debian has.
rm -rf node_modules/@*/*-musl
# Source maps, TypeScript with its declarations, documentation. Licences stay, also those that are written in Markdown.
find node_modules -type f \( -name '*.map' -o -name '*.ts' -o -name '*.cts' -o -name '*.mts' -o -iname '*.md' \) \
  ! -iname '*licen[cs]e*' ! -iname '*notice*' -delete
