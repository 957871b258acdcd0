import type { SerializeOptions } from '@fastify/cookie';

/** An answer that takes headers and cookies: Fastify's, or one that another library writes. */
export interface CookieJar {
  header(name: string, value: string): unknown;
  setCookie(name: string, value: string, options: SerializeOptions): unknown;
}
