import '@fastify/cookie';
import { Inject, Injectable } from '@nestjs/common';
import type { CookieJar } from '@portillon/access';
import { SECOND } from '@portillon/kernel';
import type { FastifyRequest } from 'fastify';
import { REQUEST_MS } from './authorization/authorization-request.service';
import { MODULE_OPTIONS_TOKEN, type ProSanteConnectOptions } from './pro-sante-connect.options';

/** The browser's cookies on its way to PSC and back; none of them opens a guarded route. */
const NAMES = {
  request: 'portillon_psc',
  choice: 'portillon_psc_choice',
  signOut: 'portillon_psc_sign_out',
} as const;

export type PscCookie = keyof typeof NAMES;

/** SameSite=Lax: the way back from PSC is a navigation from another site, which Strict would come without. */
@Injectable()
export class PscCookies {
  readonly #secure: boolean;

  constructor(@Inject(MODULE_OPTIONS_TOKEN) options: ProSanteConnectOptions) {
    this.#secure = options.publicUrl.startsWith('https:');
  }

  read(request: FastifyRequest, cookie: PscCookie): string | undefined {
    return request.cookies[this.#name(cookie)];
  }

  set(answer: CookieJar, cookie: PscCookie, value: string): void {
    this.#write(answer, cookie, value, REQUEST_MS / SECOND);
  }

  clear(answer: CookieJar, cookie: PscCookie): void {
    this.#write(answer, cookie, '', 0);
  }

  #write(answer: CookieJar, cookie: PscCookie, value: string, maxAge: number): void {
    void answer.setCookie(this.#name(cookie), value, {
      httpOnly: true,
      secure: this.#secure,
      sameSite: 'lax',
      path: '/',
      maxAge,
    });
  }

  /** The prefix keeps a neighbouring subdomain from planting one, and so from swapping a sign-in. */
  #name(cookie: PscCookie): string {
    return this.#secure ? `__Host-${NAMES[cookie]}` : NAMES[cookie];
  }
}
