import type { Person } from './person';

/** Where the browser stands after all redirects. */
export interface Landing {
  url: URL;
  status: number;
  text: string;
  headers: Headers;
}

interface Cookie {
  name: string;
  value: string;
  path: string;
}

const LONGEST_WAY = 15;
const LIMIT_MS = 10_000;

/**
 * One browser between an application and the gate: it keeps cookies by host and path, follows redirects, and does at the
 * gate's pages what those do. Ports share cookies, as in a browser.
 */
export class ApplicationBrowser {
  #cookies: Cookie[] = [];

  constructor(private readonly issuer: string) {}

  /** Goes to an address, wherever that leads. */
  async open(address: string): Promise<Landing> {
    return this.#follow('GET', new URL(address));
  }

  /** To an application's address, and through what the gate asks of this person. */
  async arrive(address: string, person: Person): Promise<Landing> {
    const landing = await this.open(address);
    return this.#requestOf(landing) ? this.answer(landing, person) : landing;
  }

  /** What the pages do with a request: signs the person in or proves them anew, says that it is them, goes on. */
  async answer(landing: Landing, person: Person): Promise<Landing> {
    const { prompt, account } = await this.details(landing);
    if (prompt === 'sign-in' && !account) await this.#signIn(person);
    if (prompt === 'step-up') await this.#prove(person);
    const { body } = await this.call('POST', `/api/oidc/interactions/${this.#uidOf(landing)}/complete`);
    return this.open((body as { redirectTo: string }).redirectTo);
  }

  /** What the application asks. */
  async details(landing: Landing): Promise<{ prompt: string; account: unknown; [field: string]: unknown }> {
    const { body } = await this.call('GET', `/api/oidc/interactions/${this.#uidOf(landing)}/details`);
    return body as never;
  }

  /** The whole sign-out that an application begins, with the gate's page between. */
  async signOut(address: string): Promise<Landing> {
    const page = await this.open(address);
    const action = /action="([^"]+)"/.exec(page.text)?.[1];
    if (!action) throw new Error(`No page asks to sign out, but ${page.url.href}:\n${page.text}`);
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(page.text)![1]!;
    const form = new URLSearchParams({ xsrf, logout: 'yes' });
    return this.#follow('POST', new URL(action, page.url), form);
  }

  /** The gate's own API, as its pages call it. */
  async call(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }> {
    const url = new URL(path, this.issuer);
    const response = await this.#send(method, url, body === undefined ? undefined : JSON.stringify(body));
    const text = await response.text();
    return { status: response.status, body: text ? (JSON.parse(text) as unknown) : undefined };
  }

  /** At the gate, with password and, where it is asked for, the code that came. */
  async #signIn(person: Person): Promise<void> {
    const { username, password } = person;
    const first = await this.call('POST', '/api/sign-in/password', { username, password });
    const { status, challenge } = first.body as { status: string; challenge: { channel: 'EMAIL' | 'SMS' } };
    if (status !== 'code-required') return;
    await this.call('POST', '/api/sign-in/code', { code: person.codeBy(challenge.channel) });
  }

  /** A code asked over an open session. */
  async #prove(person: Person): Promise<void> {
    const { body } = await this.call('POST', '/api/session/challenge', {});
    const { channel } = (body as { challenge: { channel: 'EMAIL' | 'SMS' } }).challenge;
    await this.call('POST', '/api/session/challenge/code', { code: person.codeBy(channel) });
  }

  #uidOf(landing: Landing): string {
    const uid = this.#requestOf(landing);
    if (!uid) throw new Error(`${landing.url.href} is no request (${landing.status}):\n${landing.text}`);
    return uid;
  }

  #requestOf({ url }: Landing): string | null {
    return url.origin === this.issuer ? url.searchParams.get('request') : null;
  }

  async #follow(method: string, address: URL, form?: URLSearchParams): Promise<Landing> {
    let url = address;
    let response = await this.#send(method, url, form);
    for (let turn = 0; response.headers.has('location'); turn++) {
      if (turn === LONGEST_WAY) throw new Error(`Redirects go round at ${url.href}`);
      url = new URL(response.headers.get('location')!, url);
      response = await this.#send('GET', url);
    }
    return { url, status: response.status, text: await response.text(), headers: response.headers };
  }

  async #send(method: string, url: URL, body?: string | URLSearchParams): Promise<Response> {
    const headers: Record<string, string> = {
      'user-agent': 'Mozilla/5.0 (ApplicationBrowser)',
      accept: 'text/html',
    };
    if (typeof body === 'string') headers['content-type'] = 'application/json';
    if (method !== 'GET') Object.assign(headers, { origin: url.origin, 'sec-fetch-site': 'same-origin' });
    const cookies = this.#cookies.filter(({ path }) => url.pathname.startsWith(path));
    if (cookies.length > 0)
      headers['cookie'] = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
    const signal = AbortSignal.timeout(LIMIT_MS);
    const response = await fetch(url, { method, headers, redirect: 'manual', signal, body: body ?? null });
    for (const text of response.headers.getSetCookie()) this.#keep(text);
    return response;
  }

  #keep(text: string): void {
    const [pair = '', ...attributes] = text.split(';').map((part) => part.trim());
    const at = pair.indexOf('=');
    const name = pair.slice(0, at);
    const path = attributes.find((one) => /^path=/i.test(one))?.slice(5) ?? '/';
    const over = attributes.some((one) => /^max-age=0$|^expires=Thu, 01 Jan 1970/i.test(one));
    this.#cookies = this.#cookies.filter((cookie) => cookie.name !== name || cookie.path !== path);
    if (!over) this.#cookies.push({ name, value: pair.slice(at + 1), path });
  }
}
