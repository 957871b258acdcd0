import { isAmong } from '@portillon/kernel';
import ipaddr from 'ipaddr.js';

/** The public range of IPv6 (RFC 4291 §2.4); other addresses contain IPv4 ones, or are local. */
const GLOBAL_UNICAST = ipaddr.parseCIDR('2000::/3');
/** A public number that serves a machine's secrets inside Azure. */
const METADATA = ['168.63.129.16'];

export type UrlRefusal = 'url-refused' | 'address-refused';

const LOOPBACK = ['localhost', '127.0.0.1', '::1'];

/**
 * Whether a connection may go to `address`, an IPv4 or IPv6 address of `host`: it is public, or `allow` contains the
 * address, a block around it, or the host.
 */
export function mayConnect(address: string, host: string, allow: readonly string[]): boolean {
  if (allow.includes(host)) return true;
  if (isAmong(address, allow.filter(isNetwork))) return true;
  return isPublic(address) && !METADATA.includes(address);
}

/**
 * Whether the address is public. Special ranges are not: loopback, private, link-local with the clouds' metadata,
 * carriers' NAT, multicast, documentation, and IPv6 that carries IPv4 (mapped, compatible, 6to4, Teredo, NAT64).
 */
function isPublic(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== 'unicast') return false;
  return parsed.kind() === 'ipv4' || parsed.match(GLOBAL_UNICAST);
}

function isNetwork(named: string): boolean {
  return ipaddr.isValid(named) || ipaddr.isValidCIDR(named);
}

/** Returns why `url` will always be refused, without any request. `allow`: as in `OutboundOptions`. */
export function refusalOf(url: string, allow: readonly string[]): UrlRefusal | undefined {
  if (!URL.canParse(url)) return 'url-refused';
  const { protocol, username, password, hostname } = new URL(url);
  if (username || password) return 'url-refused';
  // The parser has converted decimal, octal and hexadecimal hosts to dotted ones.
  const host = hostname.replace(/^\[|\]$/g, '');
  if (protocol !== 'https:' && !mayUseHttp(protocol, host, allow)) return 'url-refused';
  return ipaddr.isValid(host) && !mayConnect(host, host, allow) ? 'address-refused' : undefined;
}

/** Whether `http://` is allowed: to a program of this machine that the operator names. */
function mayUseHttp(protocol: string, host: string, allow: readonly string[]): boolean {
  return protocol === 'http:' && LOOPBACK.includes(host) && allow.includes(host);
}
