import { addressBlock } from '@portillon/http';
import { canonicalPath } from '../rules/rule-match.policy';
import clientHeaders from './client-headers.json';

/** A browser's or program's request to an application, as a proxy reports it. */
export interface GatedRequest {
  /** The application's origin, such as `https://app.example`, without a default port. */
  origin: string;
  /** Path and query as they were sent: the browser returns there. No decision uses them. */
  target: string;
  /** The canonical path, by which the rule is found. */
  path: string;
  method: string;
  /** Whether a page can be answered: a navigation. Else the answer is for a program. */
  wantsPage: boolean;
  /** Whether a user's action caused it: a timer may request a page, too. */
  byPerson: boolean;
  /** The client's address, as the proxy saw it. */
  address: string;
  /** The same: limits count by it. */
  addressBlock: string;
  /** The address of the proxy that asks. */
  proxy: string;
}

/** Why a request is unreadable, for the log. */
export type Unreadable =
  | 'proxy-not-named'
  | 'proxy-not-proved'
  | 'header-missing'
  | 'header-doubled'
  | 'header-underscore'
  | 'method'
  | 'method-override'
  | 'origin'
  | 'path'
  | 'path-two-rules';

export interface UnreadableRequest {
  status: 'unreadable';
  why: Unreadable;
  /** The request that an unknown proxy claims to ask about. */
  suspicious?: SuspiciousRequest;
}

export interface SuspiciousRequest {
  /** Anybody can claim it. */
  origin: string;
  proxy: string;
}

export type ParseResult = { status: 'read'; request: GatedRequest } | UnreadableRequest;

/** The parts of a request as a proxy forwards them; undefined where the proxy sends none. */
export interface ForwardedRequest {
  scheme: string | undefined;
  host: string | undefined;
  /** Path and query. */
  target: string | undefined;
  method: string | undefined;
}

/** The transport of a proxy's request, in the same form for every proxy. */
export interface TransportedRequest {
  headers: ProxyHeaders;
  /** The proxy's own address; empty when unknown. */
  peer: string;
}

const METHOD = /^[A-Z][A-Z-]{0,29}$/;

const HOST = /^(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i;

const DEFAULT_PORT = { http: /:80$/, https: /:443$/ };

/** Printable ASCII without a fragment: the characters that a request line allows (RFC 9112, 3.2). */
const QUERY = /^[\u0021\u0022\u0024-\u007e]*$/;

const PARTS = /^([a-z]+):\/\/([^/?#]*)(\/[^#]*)$/;

/** What we read of a proxy and answer to it. */
const OURS = new Set([
  'portillon-assertion',
  'remote-email',
  'remote-groups',
  'remote-name',
  'remote-structure',
  'remote-user',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-method',
  'x-forwarded-proto',
  'x-forwarded-uri',
  'x-forwarded-user',
  'x-original-method',
  'x-original-url',
  'x-portillon-proxy-secret',
]);

/** What only a proxy may write. Every proxy of the guide removes what its client sent of these. */
const FORGEABLE = new Set(clientHeaders);

/** Headers by which frameworks override the method: rules on methods would have no effect. */
const OVERRIDES = ['x-http-method-override', 'x-method-override', 'x-http-method'];

/** The headers that a check came with, as they were sent. */
export class ProxyHeaders {
  readonly #values = new Map<string, string[]>();

  /** Names and values in turn, as Node gives them. */
  constructor(rawHeaders: readonly string[]) {
    for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
      const name = rawHeaders[index]!.toLowerCase();
      this.#values.set(name, [...(this.#values.get(name) ?? []), rawHeaders[index + 1]!]);
    }
  }

  /** The ambiguity that concerns all of them, if any. */
  fault(): Unreadable | undefined {
    for (const [name, values] of this.#values) {
      if (isUnderscored(name)) return 'header-underscore';
      if (OURS.has(name) && name !== 'x-forwarded-for' && values.length > 1) return 'header-doubled';
    }
    return OVERRIDES.some((name) => this.#values.has(name)) ? 'method-override' : undefined;
  }

  /** The last of several: a proxy appends to the client's. */
  get(name: string): string | undefined {
    return this.#values.get(name)?.at(-1);
  }
}

/** Parses the request of any proxy by the same rules: it cleans nothing and refuses unclear input. */
export function readRequest(forwarded: ForwardedRequest, { headers, peer }: TransportedRequest): ParseResult {
  const { scheme, host, target, method } = forwarded;
  if (!scheme || !host || !target || !method) return unreadable('header-missing');
  if (!METHOD.test(method)) return unreadable('method');
  const origin = originOf(scheme, host);
  if (!origin) return unreadable('origin');
  const path = pathOf(target);
  if (path === undefined) return unreadable('path');
  const address = clientAddress(headers) ?? peer;
  const from = { address, addressBlock: addressBlock(address), proxy: peer };
  const use = { wantsPage: wantsPage(headers), byPerson: isByPerson(headers) };
  return { status: 'read', request: { origin, target, path, method, ...use, ...from } };
}

export function unreadable(why: Unreadable): UnreadableRequest {
  return { status: 'unreadable', why };
}

function originOf(scheme: string, host: string): string | undefined {
  if (scheme !== 'http' && scheme !== 'https') return undefined;
  if (!HOST.test(host)) return undefined;
  return `${scheme}://${host.toLowerCase().replace(DEFAULT_PORT[scheme], '')}`;
}

/** A rule sees the path alone: no query can make it another one. */
function pathOf(target: string): string | undefined {
  const mark = target.indexOf('?');
  const end = mark === -1 ? target.length : mark;
  return QUERY.test(target.slice(end)) ? canonicalPath(target.slice(0, end)) : undefined;
}

/** The last address is the one that the proxy saw. Anyone can write the earlier ones. */
function clientAddress(headers: ProxyHeaders): string | undefined {
  return headers.get('x-forwarded-for')?.split(',').at(-1)?.trim();
}

/** A navigation names `text/html`; a script that does not say what it is takes anything and gets no page. */
function wantsPage(headers: ProxyHeaders): boolean {
  if (headers.get('x-requested-with')?.toLowerCase() === 'xmlhttprequest') return false;
  const mode = headers.get('sec-fetch-mode');
  if (mode !== undefined && mode !== 'navigate') return false;
  return (headers.get('accept') ?? '').split(',').some(isHtml);
}

/**
 * Whether a user caused this navigation, from headers that only the browser can write (Fetch Metadata). A request without
 * these headers is believed: its browser is old.
 */
function isByPerson(headers: ProxyHeaders): boolean {
  if (!wantsPage(headers)) return false;
  return headers.get('sec-fetch-mode') === undefined || headers.get('sec-fetch-user') === '?1';
}

function isHtml(range: string): boolean {
  const [type = '', ...parameters] = range
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  return type === 'text/html' && !parameters.some((one) => /^q=0(?:\.0*)?$/.test(one));
}

/** Scheme, host, and path with query, as they are written: no parser that resolves dots or turns backslashes. */
export function partsOfUrl(url: string) {
  const [, scheme, host, target] = PARTS.exec(url) ?? [];
  return { scheme, host, target };
}

/** A request that was never sent, read as those of proxies are. */
export function readUrl(url: string, method: string): ParseResult {
  const parts = partsOfUrl(/^[a-z]+:\/\/[^/?#]+$/.test(url) ? `${url}/` : url);
  return readRequest({ ...parts, method }, { headers: new ProxyHeaders([]), peer: '' });
}

/** CGI, WSGI, PHP read `Remote_User` as `Remote-User`, which a proxy that sets or removes the latter leaves in place. */
function isUnderscored(name: string): boolean {
  const read = name.replaceAll('_', '-');
  return name.includes('_') && (OURS.has(read) || FORGEABLE.has(read));
}
