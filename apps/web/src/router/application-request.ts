const PATH = '/demande';

/** Where the request of an application is answered. */
export function requestPath(uid: string): string {
  return `${PATH}?${new URLSearchParams({ request: uid })}`;
}

/** The request that waits behind a sign-in, by the page that is to open after it; empty when it is another page. */
export function requestIn(returnTo: unknown): string {
  if (typeof returnTo !== 'string' || !returnTo.startsWith(`${PATH}?`)) return '';
  return new URL(returnTo, location.origin).searchParams.get('request') ?? '';
}

const KEY = 'portillon.request';
/** As long as the server keeps it. */
const LIFE_MS = 15 * 60_000;

/** Stores in this tab the request that the person signs in for: the way may lead over other sites. */
export function keepRequest(uid: string): void {
  sessionStorage.setItem(KEY, `${Date.now()} ${uid}`);
}

/** The request for which this tab started a sign-in; empty when there is none. */
export function keptRequest(): string {
  const [keptAt, uid] = (sessionStorage.getItem(KEY) ?? '').split(' ');
  return uid && Date.now() - Number(keptAt) < LIFE_MS ? uid : '';
}

export function dropRequest(): void {
  sessionStorage.removeItem(KEY);
}
