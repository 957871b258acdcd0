import { readRequest } from './gated-request';
import type { ParseResult } from './gated-request.types';
import { ProxyHeaders } from './proxy-headers';

const PARTS = /^([a-z]+):\/\/([^/?#]*)(\/[^#]*)$/;

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
