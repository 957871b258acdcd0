#!/bin/sh
# The steps of the Dockerfile, one by one in a clean folder, where there is no Docker engine: sh docker/check.sh
# Ends with the server answering as an unprivileged user, from files that it cannot write.
set -eu
folder="$(mktemp -d)"
server=
trap '[ -z "$server" ] || kill "$server"; rm -rf "$folder"' EXIT

# FROM … AS build, FROM … AS dependencies: COPY . .
for stage in build dependencies; do
  mkdir "$folder/$stage"
  git archive HEAD | tar -x -C "$folder/$stage"
  rm -rf "$folder/$stage/docs"
done
(cd "$folder/build" && npm ci --ignore-scripts --no-fund --no-audit --loglevel=error >/dev/null && npm run build >/dev/null)
(cd "$folder/dependencies" &&
  npm ci --omit=dev --ignore-scripts --no-fund --no-audit --workspace apps/api --include-workspace-root --loglevel=error >/dev/null &&
  rm -rf node_modules/@portillon node_modules/.cache node_modules/typescript node_modules/@node-rs/xxhash*)

# The last stage
app="$folder/app"
mkdir -p "$app/apps/api" "$app/apps/web"
cp -R "$folder/dependencies/node_modules" "$app/node_modules"
cp -R "$folder/build/apps/api/dist" "$folder/build/apps/api/bin" "$folder/build/apps/api/package.json" "$app/apps/api"
cp -R "$folder/build/apps/web/dist" "$app/apps/web"
cp "$folder/build/package.json" "$folder/build/LICENSE" "$app"
for tool in typescript jest vite nx eslint; do
  [ ! -e "$app/node_modules/$tool" ] || { echo "The image would hold $tool, which is for development only"; exit 1; }
done
echo "The image would add $(du -sm "$app" | cut -f1) MB to that of Node."

# USER node, read_only: true, ENTRYPOINT
chmod -R a+rX "$folder"
mkdir "$folder/state"
export NODE_ENV=production PORT=33997 OPS_PORT=33998 HOST=127.0.0.1 PUBLIC_URL=https://portillon.example
export SMTP_URL=smtp://127.0.0.1:1 MAIL_FROM=portillon@portillon.example DATABASE_URL="$folder/state/portillon.db"
SECRET_KEYS="$("$app/apps/api/bin/portillon.mjs" keys new)"
export SECRET_KEYS
as_nobody=
if [ "$(id -u)" = 0 ]; then
  chown nobody "$folder/state"
  as_nobody="setpriv --reuid=nobody --regid=nogroup --clear-groups"
fi
cd "$app"
# shellcheck disable=SC2086
$as_nobody "$app/apps/api/bin/portillon.mjs" migrate
# shellcheck disable=SC2086
$as_nobody "$app/apps/api/bin/portillon.mjs" serve >"$folder/server.log" 2>&1 &
server=$!

# HEALTHCHECK, and a page
for _ in 1 2 3 4 5 6 7 8 9 10; do
  sleep 1
  if node -e "fetch('http://127.0.0.1:33998/health/live').then((a) => process.exit(a.ok ? 0 : 1), () => process.exit(1))"; then
    node -e "fetch('http://127.0.0.1:33997/').then(async (a) => process.exit(a.ok && /<div id=.app/.test(await a.text()) ? 0 : 1))"
    echo 'The image would start, answer its health check and serve the pages.'
    exit 0
  fi
done
cat "$folder/server.log"
exit 1
