import { foldedPath } from '@portillon/http';

const SERVER_PATHS = /^\/(api|scim|oidc|health|demo|metrics)(\/|$)/;

/**
 * Whether a path is a page of the application, including its page for unknown paths. Paths such as `/.env` and
 * `/robots.txt` are not: no page has such a name, and a scanner must not conclude that the file exists.
 */
export function isPagePath(address: string): boolean {
  const path = foldedPath(address);
  const name = path.slice(path.lastIndexOf('/') + 1);
  return !SERVER_PATHS.test(path) && !path.startsWith('/.') && !name.includes('.');
}
