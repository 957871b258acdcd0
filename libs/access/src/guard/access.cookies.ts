import type { CookieJar } from '../policy/means.types';
import '@fastify/cookie';
import { Inject, Injectable } from '@nestjs/common';
import { SECOND } from '@portillon/kernel';
import { SessionPolicy } from '@portillon/session';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ACCESS_OPTIONS, type ResolvedAccessOptions } from '../access.options';

const NAMES = {
  session: 'portillon_session',
  signIn: 'portillon_sign_in',
  browser: 'portillon_browser',
} as const;
type Cookie = keyof typeof NAMES;

/**
 * The data that the browser deletes when the session ends (W3C, Clear Site Data): our cached answers, because the next
 * person may share the workstation. Cookies stay, so that the browser remains trusted. Storage stays too: the pages keep
 * the language, the last means and the columns of a list there, and delete the rest themselves.
 */
const CLEARED = '"cache"';

/**
 * The three cookies. The session cookie has no Max-Age: on a shared workstation it ends with the browser. Over HTTPS their
 * `__Host-` prefix stops another subdomain from setting one (RFC 6265bis, 4.1.3.2).
 */
@Injectable()
export class AccessCookies {
  readonly #secure: boolean;

  constructor(
    @Inject(ACCESS_OPTIONS) options: ResolvedAccessOptions,
    private readonly lives: SessionPolicy,
  ) {
    this.#secure = options.publicUrl.startsWith('https:');
  }

  session(request: FastifyRequest): string | undefined {
    return request.cookies[this.#name('session')];
  }

  signIn(request: FastifyRequest): string | undefined {
    return request.cookies[this.#name('signIn')];
  }

  browser(request: FastifyRequest): string | undefined {
    return request.cookies[this.#name('browser')];
  }

  setSession(reply: FastifyReply, token: string): void {
    this.#set(reply, 'session', token);
  }

  setSignIn(reply: FastifyReply, token: string): void {
    this.#set(reply, 'signIn', token, this.lives.signInMs / SECOND);
  }

  setBrowser(reply: FastifyReply, value: string): void {
    this.#set(reply, 'browser', value, this.lives.browserCookieMs / SECOND);
  }

  clearSession(answer: CookieJar): void {
    void answer.header('clear-site-data', CLEARED);
    this.#set(answer, 'session', '', 0);
  }

  clearSignIn(reply: FastifyReply): void {
    this.#set(reply, 'signIn', '', 0);
  }

  #name(cookie: Cookie): string {
    return this.#secure ? `__Host-${NAMES[cookie]}` : NAMES[cookie];
  }

  #set(answer: CookieJar, cookie: Cookie, value: string, maxAge?: number): void {
    const attributes = { httpOnly: true, secure: this.#secure, sameSite: 'lax', path: '/' } as const;
    const age = maxAge === undefined ? {} : { maxAge };
    void answer.setCookie(this.#name(cookie), value, { ...attributes, ...age });
  }
}
