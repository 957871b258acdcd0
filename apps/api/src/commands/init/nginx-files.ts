import type { Deployment } from './deployment';
import type { PlannedFile } from './planned-file';
import { releaseFile } from './release-files';

export const NGINX_FOLDER = '/etc/nginx';

/** An instance of the unit portillon@. */
export interface Instance {
  number: number;
  port: number;
}

/** The site of nginx, as the compose file fills it in. */
export function nginxFiles({ host, tls }: Deployment, instances: Instance[]): PlannedFile[] {
  if (tls.kind !== 'nginx') return [];
  const folder = `${NGINX_FOLDER}/portillon`;
  return [
    { path: `${NGINX_FOLDER}/conf.d/portillon.conf`, text: siteText(host) },
    { path: `${folder}/proxy.conf`, text: releaseFile('docker/nginx/proxy.conf') },
    { path: `${folder}/instance.sh`, text: releaseFile('docker/nginx/instance.sh') },
    {
      path: '/etc/systemd/system/portillon-watch.service',
      text: releaseFile('docker/nginx/portillon-watch.service'),
    },
    // instance.sh changes it afterwards.
    { path: `${folder}/instances/api.conf`, text: serverLines(instances), isKept: true },
    // Links, so that a renewed certificate is read at the next reload.
    { path: `${folder}/certificates/portillon.crt`, text: tls.certificate, kind: 'link' },
    { path: `${folder}/certificates/portillon.key`, text: tls.key, kind: 'link' },
  ];
}

function siteText(host: string): string {
  const values: Record<string, string> = {
    HOST: host,
    HTTP: '80',
    HTTPS: '443',
    TLS_SESSIONS: 'shared:portillon-tls:5m',
  };
  return releaseFile('docker/nginx/portillon.conf.template')
    .replace(/\$\{PORTILLON_(\w+)\}/g, (all, name: string) => values[name] ?? all)
    .replaceAll('/dev/stdout', '/var/log/nginx/portillon.log');
}

/** The options of the compose file's instances. */
function serverLines(instances: Instance[]): string {
  const options = /^server \S+ (.*;)$/m.exec(releaseFile('docker/nginx/instances/api.conf'))?.[1] ?? ';';
  return instances.map(({ port }) => `server 127.0.0.1:${port} ${options}\n`).join('');
}
