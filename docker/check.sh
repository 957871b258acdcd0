#!/bin/sh
# Builds and starts what the Dockerfile describes where there is no Docker engine: sh docker/check.sh [FOLDER]
# Every step is read from the Dockerfile, none is repeated here. The Node of this machine replaces the base image.
# Ends with the server answering as an unprivileged user, from files that it cannot write.
# FOLDER: where to keep the context of the image (context) and its program (app), for a release (tools/release.mjs).
set -eu
kept="${1:+$(realpath "$1")}"
folder="$(mktemp -d)"
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null; rm -rf "$folder"' EXIT

# An instruction a line, as the Dockerfile continues them with a backslash.
instructions() { sed -e '/^ *#/d' -e ':next' -e '/\\$/{N;s/\\\n *//;b next' -e '}' docker/Dockerfile; }

# The context of Docker: committed files without those that .dockerignore names (from the root, unlike .gitignore).
context="$folder/context"
mkdir "$context"
sed -E 's#^(!?)([^!*])#\1/\2#' .dockerignore >"$folder/ignored"
git archive HEAD | tar -x -C "$context"
git ls-files -z --cached --ignored --exclude-from="$folder/ignored" | (cd "$context" && xargs -0 rm -f)

# copy FROM… TO: copies the content of a folder into TO, as Docker does; a file too where TO ends with a slash.
copy() {
  from=$context
  case $1 in --from=*) from="$folder/${1#--from=}" && shift ;; esac
  for to; do :; done
  while [ "$#" -gt 1 ]; do
    if [ -d "$from/$1" ]; then
      mkdir -p "$work/$to" && cp -R "$from/$1/." "$work/$to"
    else
      mkdir -p "$(dirname "$work/$to.")" && cp "$from/$1" "$work/$to"
    fi
    shift
  done
}

# An instruction in the form ["program", "argument"], with the paths of the image where they are here, as a line of a shell.
command_of() {
  node -e 'const quote = (word) => `\x27${word.replaceAll("\x27", "\x27\\\x27\x27")}\x27`;
    console.log(JSON.parse(process.argv[1]).map((word) => quote(word.replace(/^\/app\//, `${process.argv[2]}/app/`))).join(" "))' \
    "$1" "$stage"
}

instructions >"$folder/instructions"
while read -r instruction rest; do
  # shellcheck disable=SC2086
  case $instruction in
    '' | ARG | USER | EXPOSE) ;;
    FROM) case $rest in *' AS '*) stage="$folder/${rest##* }" ;; *) stage="$folder/image" ;; esac ;;
    WORKDIR) work="$stage$rest" && mkdir -p "$work" ;;
    COPY) copy $rest ;;
    RUN) (cd "$work" && sh -euc "$(echo "$rest" | sed 's/^--mount=[^ ]* *//')" </dev/null >/dev/null) ;;
    ENV) export "${rest?}" ;;
    HEALTHCHECK) health="$(command_of "${rest#*CMD }")" ;;
    ENTRYPOINT) program="$(command_of "$rest")" ;;
    CMD) arguments="$(command_of "$rest")" ;;
    *) echo "docker/check.sh does not know $instruction" && exit 1 ;;
  esac
done <"$folder/instructions"

for tool in typescript jest vite nx eslint; do
  [ ! -e "$work/node_modules/$tool" ] || { echo "The image would hold $tool, which is for development only"; exit 1; }
done
[ -s "$work/sbom.json" ] || { echo 'The image would not say what it is made of'; exit 1; }
size="$(du -sm "$work" | cut -f1)"
echo "The image would add $size MB to that of Node."
[ "$size" -le 200 ] || { echo 'That is more than 200 MB: see docker/trim.sh'; exit 1; }

chmod -R a+rX "$folder"
[ -z "$kept" ] || cp -R "$context" "$work" "$kept"
mkdir "$folder/state"
# Below the ports that Linux gives to outgoing connections (from 32768): one of those would keep the server from starting.
export PORT=30997 OPS_PORT=30998 HOST=127.0.0.1 PUBLIC_URL=https://portillon.example
export SMTP_URL=smtp://127.0.0.1:1 MAIL_FROM=portillon@portillon.example DATABASE_URL="$folder/state/portillon.db"
SECRET_KEYS="$(eval "$program keys new")"
export SECRET_KEYS
as_nobody=
if [ "$(id -u)" = 0 ]; then
  chown nobody "$folder/state"
  as_nobody="setpriv --reuid=nobody --regid=nogroup --clear-groups"
fi
cd "$work"
eval "$as_nobody $program migrate"
eval "exec $as_nobody $program $arguments" >"$folder/server.log" 2>&1 &
server=$!

for _ in 1 2 3 4 5 6 7 8 9 10; do
  sleep 1
  if eval "$health"; then
    node -e "fetch('http://127.0.0.1:$PORT/').then(async (a) => process.exit(a.ok && /<div id=.app/.test(await a.text()) ? 0 : 1))"
    echo 'The image would start, answer its health check and serve the pages.'
    exit 0
  fi
done
cat "$folder/server.log"
exit 1
