const PATH = '/demande';

/** Path of the page that answers an application's request. */
export function requestPath(uid: string): string {
  return `${PATH}?${new URLSearchParams({ request: uid })}`;
}

/** The request that waits for a sign-in, by the page to open after it; empty for another page. */
export function requestIn(returnTo: unknown): string {
  if (typeof returnTo !== 'string' || !returnTo.startsWith(`${PATH}?`)) return '';
  return new URL(returnTo, location.origin).searchParams.get('request') ?? '';
}

const KEY = 'portillon.request';
/** The same lifetime as on the server. */
const LIFE_MS = 15 * 60_000;

/** Stores in this tab the request that the person signs in for: the sign-in may pass through other sites. */
export function keepRequest(uid: string): void {
  sessionStorage.setItem(KEY, `${Date.now()} ${uid}`);
}

/** The request for which this tab started a sign-in; empty without one. */
export function keptRequest(): string {
  const [keptAt, uid] = (sessionStorage.getItem(KEY) ?? '').split(' ');
  return uid && Date.now() - Number(keptAt) < LIFE_MS ? uid : '';
}

export function dropRequest(): void {
  sessionStorage.removeItem(KEY);
}
