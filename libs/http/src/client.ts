import type { Locale } from '@portillon/kernel';
import type { FastifyRequest } from 'fastify';
import ipaddr from 'ipaddr.js';

/** The caller, as HTTP describes it. */
export interface Client {
  /** The address of the client, believed from a proxy only when that proxy is trusted. */
  address: string;
  /** The block of one subscriber, by which limits count: the IPv4 address, or the /64 of an IPv6 address. */
  addressBlock: string;
  userAgent: string;
  locale: Locale;
  requestId: string;
}

const USER_AGENT_LENGTH = 255;

export function clientOf(request: FastifyRequest): Client {
  const address = parseAddress(request.ip);
  return {
    address: address?.toString() ?? 'unknown',
    addressBlock: blockOf(address),
    userAgent: printable(request.headers['user-agent'] ?? '').slice(0, USER_AGENT_LENGTH),
    locale: localeOf(request.headers['accept-language']),
    requestId: request.id,
  };
}

/** The IPv4 address itself, or the /64 an IPv6 address belongs to: one subscriber has 2^64 of those. */
export function addressBlock(address: string): string {
  return blockOf(parseAddress(address));
}

function blockOf(address: ipaddr.IPv4 | ipaddr.IPv6 | undefined): string {
  if (!address) return 'unknown';
  if (address.kind() === 'ipv4') return address.toString();
  return `${(address as ipaddr.IPv6).parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(':')}::/64`;
}

/** French unless the client prefers English. */
export function localeOf(acceptLanguage: string | undefined): Locale {
  const ranges = (acceptLanguage ?? '').slice(0, 200).split(',').map(languageRange);
  const known = ranges.filter((range) => range.weight > 0 && /^(fr|en)$/.test(range.language));
  const best = known.sort((a, b) => b.weight - a.weight)[0];
  return best?.language === 'en' ? 'en' : 'fr';
}

function languageRange(text: string): { language: string; weight: number } {
  const [tag = '', ...parameters] = text.trim().toLowerCase().split(';');
  const quality = parameters.map((one) => /^\s*q=(.*)$/.exec(one)?.[1]).find(Boolean);
  return { language: tag.split('-')[0]!, weight: quality === undefined ? 1 : Number(quality) || 0 };
}

function parseAddress(address: string): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  return ipaddr.isValid(address) ? ipaddr.process(address) : undefined;
}

function printable(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what must not reach a log or a table
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, ' ');
}

/** The caller, as the route's guard found it: a user by a session, an application by a token. */
export interface Caller {
  kind: 'person' | 'application';
  id: string;
}

type GuardedRequest = FastifyRequest & { portillonCaller?: Caller };

/** Sets the caller of a request. For guards. */
export function setCaller(request: FastifyRequest, caller: Caller): void {
  (request as GuardedRequest).portillonCaller = caller;
}

/** The caller; undefined on a public route. */
export function callerOf(request: FastifyRequest): Caller | undefined {
  return (request as GuardedRequest).portillonCaller;
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i;

/** Whether a host, as an address or in the form of a URL, is this machine itself: its traffic stays off the network. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.test(host);
}

/** Order matters: Edge and Opera also say Chrome, and Chrome also says Safari. */
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/\bEdgA?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/\bChrome\/|\bCriOS\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/\bAndroid\b/, 'Android'],
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bWindows NT\b/, 'Windows'],
  [/\bMac OS X\b/, 'Mac'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
];

/**
 * `Firefox on Windows`, as the pages name it, or undefined. It contains only words of ours. The user can write anything
 * in the header, and our mails must not carry a stranger's text.
 */
export function browserName(userAgent: string, locale: Locale): string | undefined {
  const known = [BROWSERS, SYSTEMS].map((list) => list.find(([sign]) => sign.test(userAgent))?.[1]);
  return known.filter(Boolean).join(locale === 'fr' ? ' sur ' : ' on ') || undefined;
}
