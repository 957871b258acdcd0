/** The paths that receive and answer an application's request. */
const PAGES = ['/', '/demande'];
const SIGN_IN_PAGES = ['/connexion', '/connexion/code', '/connexion/exercice'];
const UID = /^[\w-]{1,64}$/;

/**
 * Returns the id of the application request that a page serves, or that waits behind a sign-in; undefined on other pages.
 */
export function applicationRequestOf(url: string): string | undefined {
  const page = partsOf(url);
  const wanted = SIGN_IN_PAGES.includes(page.path) ? partsOf(page.query.get('returnTo') ?? '') : page;
  const uid = PAGES.includes(wanted.path) ? (wanted.query.get('request') ?? '') : '';
  return UID.test(uid) ? uid : undefined;
}

function partsOf(url: string): { path: string; query: URLSearchParams } {
  const [path = '', query] = url.split('?', 2);
  return { path, query: new URLSearchParams(query) };
}
