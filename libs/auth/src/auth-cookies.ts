import '@fastify/cookie';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AUTH_OPTIONS } from './auth.options';
import type { ResolvedAuthOptions } from './auth.options';

const SIGN_IN = 'portillon_sign_in';
const BROWSER = 'portillon_browser';
const SESSION = 'portillon_session';
const SIGN_IN_SECONDS = 15 * 60;
/** Longer than any code holds: a known browser keeps a budget of its own for wrong passwords. */
const BROWSER_SECONDS = 30 * 24 * 3_600;

/**
 * The three cookies. The session's has no Max-Age: on a shared workstation it ends with the browser.
 * Over HTTPS its `__Host-` prefix keeps a neighbouring subdomain from planting one (RFC 6265bis, 4.1.3.2).
 */
@Injectable()
export class AuthCookies {
  readonly #secure: boolean;
  readonly #session: string;

  constructor(@Inject(AUTH_OPTIONS) options: ResolvedAuthOptions) {
    this.#secure = options.publicUrl.startsWith('https:');
    this.#session = this.#secure ? `__Host-${SESSION}` : SESSION;
  }

  session(request: FastifyRequest): string | undefined {
    return request.cookies[this.#session];
  }

  signIn(request: FastifyRequest): string | undefined {
    return request.cookies[SIGN_IN];
  }

  browser(request: FastifyRequest): string | undefined {
    return request.cookies[BROWSER];
  }

  setSession(reply: FastifyReply, token: string): void {
    this.#set(reply, this.#session, token);
  }

  setSignIn(reply: FastifyReply, token: string): void {
    this.#set(reply, SIGN_IN, token, SIGN_IN_SECONDS);
  }

  setBrowser(reply: FastifyReply, value: string): void {
    this.#set(reply, BROWSER, value, BROWSER_SECONDS);
  }

  clearSession(reply: FastifyReply): void {
    this.#set(reply, this.#session, '', 0);
  }

  clearSignIn(reply: FastifyReply): void {
    this.#set(reply, SIGN_IN, '', 0);
  }

  #set(reply: FastifyReply, name: string, value: string, maxAge?: number): void {
    void reply.setCookie(name, value, {
      httpOnly: true,
      secure: this.#secure,
      sameSite: 'lax',
      path: '/',
      ...(maxAge === undefined ? {} : { maxAge }),
    });
  }
}
