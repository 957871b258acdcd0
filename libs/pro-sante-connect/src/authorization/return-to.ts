const MOST = 1_000;
/** Read before any parser: a backslash and a control character are read differently by different browsers. */
const PLAIN_PATH = /^\/(?!\/)[\x21-\x5b\x5d-\x7e]*$/;
const NOT_PAGES = /^\/(api|health|demo|metrics|connexion)(\/|$)/i;

/** The page to open after signing in: a path of this origin that is a page, or the home page. Never another site. */
export function localPath(returnTo: unknown, publicUrl: string): string {
  if (typeof returnTo !== 'string' || returnTo.length > MOST || !PLAIN_PATH.test(returnTo)) return '/';
  if (!URL.canParse(returnTo, publicUrl)) return '/';
  const url = new URL(returnTo, publicUrl);
  if (url.origin !== new URL(publicUrl).origin || url.pathname.startsWith('//')) return '/';
  return NOT_PAGES.test(url.pathname) ? '/' : url.pathname + url.search + url.hash;
}
