import type { SerializeOptions } from '@fastify/cookie';

/** An answer that takes cookies: Fastify's, or one that another library writes. */
export interface CookieJar {
  setCookie(name: string, value: string, options: SerializeOptions): unknown;
}
