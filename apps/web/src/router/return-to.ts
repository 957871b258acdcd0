/** Returns a path of this application from any text in the address: never another site, never the sign-in page. */
export function pathWithin(returnTo: unknown): string {
  if (typeof returnTo !== 'string' || !/^\/(?![/\\])/.test(returnTo)) return '/';
  const url = new URL(returnTo, location.origin);
  if (url.origin !== location.origin || url.pathname.startsWith('/connexion')) return '/';
  return url.pathname + url.search + url.hash;
}
