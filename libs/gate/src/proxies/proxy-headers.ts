import clientHeaders from './client-headers.json';
import type { Unreadable } from './gated-request.types';

/** What we read of a proxy and answer to it. */
const OURS = new Set([
  'portillon-assertion',
  'remote-email',
  'remote-groups',
  'remote-name',
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
  doubt(): Unreadable | undefined {
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

/** CGI, WSGI, PHP read `Remote_User` as `Remote-User`, which a proxy that sets or removes the latter leaves in place. */
function isUnderscored(name: string): boolean {
  const read = name.replaceAll('_', '-');
  return name.includes('_') && (OURS.has(read) || FORGEABLE.has(read));
}
