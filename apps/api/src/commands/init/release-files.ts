import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The folder of this release or clone: above the bundle, or above the sources. */
export const RELEASE = ['../../..', '../../../../..']
  .map((path) => join(__dirname, path))
  .find((path) => existsSync(join(path, 'deploy')))!;

/** Reads a file of this release, such as `docker/nginx/proxy.conf`. */
export function releaseFile(path: string): string {
  return readFileSync(join(RELEASE, path), 'utf8');
}

/** Text of a settings file, for systemd, Docker and Kustomize. */
export function settingsText(settings: Record<string, string>): string {
  return Object.entries(settings)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}
