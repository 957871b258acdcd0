import { addressBlock } from '@portillon/http';
import { canonicalPath } from '../rules/requested-path';
import type { ParseResult, Unreadable, UnreadableRequest } from './gated-request.types';
import type { ProxyHeaders } from './proxy-headers';

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
