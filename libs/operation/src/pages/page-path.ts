const SERVER_PATHS = /^\/(api|scim|oidc|health|demo|metrics)(\/|$)/;

/**
 * Whether a path is a page of the application, which has one for unknown ones. `/.env`, `/robots.txt` are none: no page
 * has such a name, and a scanner that looks for the file must not think that it is there.
 */
export function isPagePath(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return !SERVER_PATHS.test(path) && !path.startsWith('/.') && !name.includes('.');
}
