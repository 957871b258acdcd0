import { version } from '../package.json';

/** Written by the build (rolldown.config.mjs). */
declare const COMMIT: string | undefined;

/** Line that `portillon --version` prints. The commit is `unknown` when the sources run without a build. */
export function versionLine(): string {
  const commit = typeof COMMIT === 'string' ? COMMIT : 'unknown';
  return `portillon ${version} (${commit}) on Node.js ${process.versions.node}`;
}
