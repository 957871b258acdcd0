import '@fastify/cookie';
import { Inject, Injectable } from '@nestjs/common';
import type { CookieJar } from '@portillon/access';
import { MINUTE, SECOND } from '@portillon/kernel';
import type { FastifyRequest } from 'fastify';
import { OPENID_OPTIONS, type ResolvedOpenidOptions } from '../openid.options';

/** As long as the browser has to sign out elsewhere. */
export const RETURN_SECONDS = (15 * MINUTE) / SECOND;

const NAME = 'portillon_sign_out';

/** Recognises, when it returns, the browser that signs out elsewhere. It opens no guarded route. */
@Injectable()
export class SignOutCookie {
  readonly #secure: boolean;

  constructor(@Inject(OPENID_OPTIONS) { publicUrl }: ResolvedOpenidOptions) {
    this.#secure = publicUrl.startsWith('https:');
  }

  read(request: FastifyRequest): string | undefined {
    return request.cookies[this.#name];
  }

  /** Without a token: deletes the cookie of an earlier sign-out. */
  set(answer: CookieJar, token: string | undefined): void {
    const attributes = { httpOnly: true, secure: this.#secure, sameSite: 'lax', path: '/' } as const;
    void answer.setCookie(this.#name, token ?? '', { ...attributes, maxAge: token ? RETURN_SECONDS : 0 });
  }

  /** The prefix keeps a neighbouring subdomain from planting one. */
  get #name(): string {
    return this.#secure ? `__Host-${NAME}` : NAME;
  }
}
