import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { ROOT } from '../workspace/command.mjs';

export const HOST = 'portillon.localhost';
/** Settings of Debian's nginx.conf for every site: a repeated directive keeps nginx from starting. */
const OF_DEBIAN =
  'server_tokens off; ssl_protocols TLSv1.2 TLSv1.3; ssl_prefer_server_ciphers off; gzip on; access_log off;';

/** The files as mounted by compose, under `folder`, and a main file that includes them. */
export function writeConfiguration(folder, ports) {
  const portillon = join(folder, 'portillon');
  mkdirSync(join(portillon, 'certificates'), { recursive: true });
  mkdirSync(join(portillon, 'instances'));
  writeFileSync(join(portillon, 'instances', 'api.conf'), `server 127.0.0.1:${ports.api} max_fails=0;`);
  makeCertificate(join(portillon, 'certificates'));
  const placed = (text) =>
    text.replaceAll('/etc/nginx/portillon', portillon).replaceAll('/dev/stdout', join(folder, 'access.log'));
  writeFileSync(
    join(portillon, 'proxy.conf'),
    placed(readFileSync(join(ROOT, 'docker/nginx/proxy.conf'), 'utf8')),
  );
  writeFileSync(join(folder, 'site.conf'), placed(filled(ports)));
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  );
  // The workers of a root master would run as a user without access to our folder.
  const user = process.getuid() === 0 ? 'user root;' : '';
  const main = `daemon off; ${user} pid ${folder}/nginx.pid; error_log stderr error; events {}
    http { ${OF_DEBIAN} ${temporary.join(' ')} include ${folder}/site.conf; }`;
  writeFileSync(join(folder, 'nginx.conf'), main);
  return join(folder, 'nginx.conf');
}

/** Fills in the templates as the nginx image does. */
function filled(ports) {
  const values = {
    HOST,
    HTTP: ports.http,
    HTTPS: ports.https,
    TLS_SESSIONS: sessionsOfCompose(),
  };
  const template = readFileSync(join(ROOT, 'docker/nginx/portillon.conf.template'), 'utf8');
  return template.replace(/\$\{PORTILLON_(HOST|HTTPS?|TLS_SESSIONS)\}/g, (_whole, name) => values[name]);
}

/** Checks the usual combination: one name for two kinds of shared memory keeps nginx from starting. */
function sessionsOfCompose() {
  const compose = readFileSync(join(ROOT, 'docker/compose.yaml'), 'utf8');
  return /^ +PORTILLON_TLS_SESSIONS: (\S+)$/m.exec(compose)[1];
}

function makeCertificate(folder) {
  const script = join(folder, '..', 'certificate.sh');
  cpSync(join(ROOT, 'docker/certificate.sh'), script);
  execFileSync('sh', [script, HOST], { stdio: 'ignore' });
}

export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
