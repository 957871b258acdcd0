import ipaddr from 'ipaddr.js';
import { mayConnect } from './address.policy';

export type UrlRefusal = 'url-refused' | 'address-refused';

const LOOPBACK = ['localhost', '127.0.0.1', '::1'];

/** Why `url` will never be asked, as far as can be seen without asking anything. `allow`: as in `OutboundOptions`. */
export function refusalOf(url: string, allow: readonly string[]): UrlRefusal | undefined {
  if (!URL.canParse(url)) return 'url-refused';
  const { protocol, username, password, hostname } = new URL(url);
  if (username || password) return 'url-refused';
  // The parser has turned decimal, octal and hexadecimal hosts into dotted ones.
  const host = hostname.replace(/^\[|\]$/g, '');
  if (protocol !== 'https:' && !mayGoInClear(protocol, host, allow)) return 'url-refused';
  return ipaddr.isValid(host) && !mayConnect(host, host, allow) ? 'address-refused' : undefined;
}

/** To a program beside this one, which the operator names: nothing leaves the machine. */
function mayGoInClear(protocol: string, host: string, allow: readonly string[]): boolean {
  return protocol === 'http:' && LOOPBACK.includes(host) && allow.includes(host);
}
