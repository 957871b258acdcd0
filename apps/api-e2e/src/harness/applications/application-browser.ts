import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Person } from '../people/person';

/** Where the browser stands after all redirects. */
export interface Landing {
  url: URL;
  status: number;
  text: string;
}

interface Details {
  prompt: string;
  account: unknown;
  requiredAcr: string | null;
}

interface Reply {
  status: number;
  location: string | undefined;
  text: string;
}

interface Cookie {
  name: string;
  value: string;
  path: string;
}

const LONGEST_WAY = 15;
const FORM = 'application/x-www-form-urlencoded';
/** A page that leads on at once is a redirect, to a browser. */
const REFRESH = /http-equiv="refresh" content="0; url=([^"]+)"/;
const HIDDEN = /type="hidden"[^>]* name="([^"]+)" value="([^"]*)"/g;
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
    const { body } = await this.send('POST', `/api/oidc/interactions/${this.#uidOf(landing)}/complete`);
    return this.open((body as { redirectTo: string }).redirectTo);
  }

  /** What the application asks. */
  async details(landing: Landing): Promise<Details> {
    const { body } = await this.send('GET', `/api/oidc/interactions/${this.#uidOf(landing)}/details`);
    return body as never;
  }

  /** The whole sign-out that an application begins, with the gate's page between. */
  async signOut(address: string): Promise<Landing> {
    return this.submit(await this.open(address), { logout: 'yes' });
  }

  /** Sends the form of a page, as the button of it does. */
  async submit({ url, text }: Landing, button: Record<string, string> = {}): Promise<Landing> {
    const action = /action="([^"]+)"/.exec(text)?.[1];
    if (!action) throw new Error(`No form stands at ${url.href}:\n${text}`);
    const form = new URLSearchParams(button);
    for (const [, name, value] of text.matchAll(HIDDEN)) form.set(name!, value!);
    return this.#follow('POST', new URL(action, url), form);
  }

  /** The gate's own API, as its pages call it. */
  async send(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }> {
    const url = new URL(path, this.issuer);
    const payload = body === undefined ? undefined : JSON.stringify(body);
    const reply = await this.#exchange(method, url, payload);
    return { status: reply.status, body: reply.text ? (JSON.parse(reply.text) as unknown) : undefined };
  }

  /** At the gate, with password and, where it is asked for, the code that came. */
  async #signIn(person: Person): Promise<void> {
    const { username, password } = person;
    const first = await this.send('POST', '/api/sign-in/password', { username, password });
    const { status, challenge } = first.body as { status: string; challenge: { channel: 'EMAIL' | 'SMS' } };
    if (status !== 'code-required') return;
    await this.send('POST', '/api/sign-in/code', { code: person.codeBy(challenge.channel) });
  }

  /** A code asked over an open session. */
  async #prove(person: Person): Promise<void> {
    const { body } = await this.send('POST', '/api/session/challenge', {});
    const { channel } = (body as { challenge: { channel: 'EMAIL' | 'SMS' } }).challenge;
    await this.send('POST', '/api/session/challenge/code', { code: person.codeBy(channel) });
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
    let reply = await this.#exchange(method, url, form);
    for (let turn = 0; reply.location; turn++) {
      if (turn === LONGEST_WAY) throw new Error(`Redirects go round at ${url.href}`);
      url = new URL(reply.location, url);
      reply = await this.#exchange('GET', url);
    }
    return { url, status: reply.status, text: reply.text };
  }

  /** Not by `fetch`, which says of itself that it is no navigation: a proxy would send a script no page to sign in at. */
  async #exchange(method: string, url: URL, body?: string | URLSearchParams): Promise<Reply> {
    const headers = this.#headers(method, url, body);
    const signal = AbortSignal.timeout(LIMIT_MS);
    const outgoing = request(url, { method, headers, signal }).end(body?.toString());
    const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
    for (const cookie of incoming.headers['set-cookie'] ?? []) this.#keep(cookie);
    const { statusCode: status = 0, headers: answered } = incoming;
    const page = await text(incoming);
    return { status, location: answered.location ?? REFRESH.exec(page)?.[1], text: page };
  }

  #headers(method: string, { origin, pathname }: URL, body?: string | URLSearchParams) {
    const cookies = this.#cookies.filter(({ path }) => pathname.startsWith(path));
    return {
      'user-agent': 'Mozilla/5.0 (ApplicationBrowser)',
      accept: 'text/html',
      ...(body !== undefined && { 'content-type': typeof body === 'string' ? 'application/json' : FORM }),
      ...(method !== 'GET' && { origin, 'sec-fetch-site': 'same-origin' }),
      ...(cookies.length > 0 && { cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; ') }),
    };
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
