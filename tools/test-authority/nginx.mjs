#!/usr/bin/env node
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const DOCKER = join(import.meta.dirname, '..', '..', 'docker', 'nginx');

/**
 * Writes to `folder/nginx` the configuration of `docker/nginx`, filled in like its image, for an unprivileged nginx.
 * Returns the path of the main file: `nginx -p <folder>/nginx -c <file>`. `folder`: made by {@link makeAuthority};
 * `api`: the address of the instance, or of each.
 */
export function writeNginx(folder, { host, cardHost, api, http, https, origin, secret }) {
  const own = join(folder, 'nginx');
  mkdirSync(join(own, 'instances'), { recursive: true });
  const servers = [api].flat().map((address) => `server ${address} max_fails=0;\n`);
  writeFileSync(join(own, 'instances', 'api.conf'), servers.join(''));
  const values = {
    HOST: host, CARD_HOST: cardHost, HTTP: http, HTTPS: https, ORIGIN: origin, PROXY_SECRET: secret,
    TLS_SESSIONS: 'off',
  }; // prettier-ignore
  const files = {
    'site.conf': 'portillon.conf.template',
    'card.conf': 'card/card.conf.template',
    'card-proxy.inc': 'card/proxy.conf.template',
    'proxy.conf': 'proxy.conf',
  };
  for (const [name, source] of Object.entries(files)) {
    const text = readFileSync(join(DOCKER, source), 'utf8');
    writeFileSync(join(own, name), placed(filled(text, values), folder, own));
  }
  writeFileSync(join(own, 'nginx.conf'), main(own));
  return join(own, 'nginx.conf');
}

function filled(text, values) {
  return text.replace(/\$\{PORTILLON_([A-Z_]+)\}/g, (whole, name) => values[name] ?? whole);
}

function placed(text, folder, own) {
  return text
    .replaceAll('/etc/nginx/portillon/certificates/portillon.crt', join(folder, 'server.pem'))
    .replaceAll('/etc/nginx/portillon/certificates/portillon.key', join(folder, 'server.key'))
    .replaceAll('/etc/nginx/portillon/authorities.pem', join(folder, 'trust.pem'))
    .replaceAll('/etc/nginx/portillon/card/help', join(DOCKER, 'card', 'help'))
    .replaceAll('/etc/nginx/portillon', own)
    .replaceAll('/etc/nginx/conf.d', own)
    .replaceAll('/dev/stdout', join(own, 'access.log'));
}

function main(own) {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${own}/${name};`,
  );
  return `daemon off; worker_processes 1; pid ${own}/nginx.pid; error_log stderr error; worker_rlimit_nofile 16384; events { worker_connections 8192; }
http { ${temporary.join(' ')} include ${own}/site.conf; include ${own}/card.conf; }\n`;
}

// node tools/test-authority/nginx.mjs <folder> '{"host":…}'
if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [folder, values] = process.argv.slice(2);
  console.log(writeNginx(resolve(folder), JSON.parse(values)));
}
