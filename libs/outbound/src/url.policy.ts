import ipaddr from 'ipaddr.js';
import { mayConnect } from './address.policy';

export type UrlRefusal = 'url-refused' | 'address-refused';

const LOOPBACK = ['localhost', '127.0.0.1', '::1'];

/** Returns why `url` will always be refused, without any request. `allow`: as in `OutboundOptions`. */
export function refusalOf(url: string, allow: readonly string[]): UrlRefusal | undefined {
  if (!URL.canParse(url)) return 'url-refused';
  const { protocol, username, password, hostname } = new URL(url);
  if (username || password) return 'url-refused';
  // The parser has converted decimal, octal and hexadecimal hosts to dotted ones.
  const host = hostname.replace(/^\[|\]$/g, '');
  if (protocol !== 'https:' && !mayGoInClear(protocol, host, allow)) return 'url-refused';
  return ipaddr.isValid(host) && !mayConnect(host, host, allow) ? 'address-refused' : undefined;
}

/** Whether `http://` is allowed: to a program of this machine that the operator names. */
function mayGoInClear(protocol: string, host: string, allow: readonly string[]): boolean {
  return protocol === 'http:' && LOOPBACK.includes(host) && allow.includes(host);
}
