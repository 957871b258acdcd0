import '@fastify/cookie';
import { Inject, Injectable } from '@nestjs/common';
import { ACCESS_OPTIONS, type ResolvedAccessOptions } from '@portillon/access';
import { CHALLENGE_MS } from '@portillon/authenticator';
import { SECOND } from '@portillon/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Binds a ceremony's challenge to its browser for the challenge's life; only the server can read it. */
@Injectable()
export class PasskeyCookie {
  readonly #name: string;
  readonly #secure: boolean;

  constructor(@Inject(ACCESS_OPTIONS) { publicUrl }: ResolvedAccessOptions) {
    this.#secure = publicUrl.startsWith('https:');
    this.#name = this.#secure ? '__Host-portillon_passkey' : 'portillon_passkey';
  }

  read(request: FastifyRequest): string | undefined {
    return request.cookies[this.#name];
  }

  write(reply: FastifyReply, value: string): void {
    this.#set(reply, value, CHALLENGE_MS / SECOND);
  }

  clear(reply: FastifyReply): void {
    this.#set(reply, '', 0);
  }

  #set(reply: FastifyReply, value: string, maxAge: number): void {
    const attributes = { httpOnly: true, secure: this.#secure, sameSite: 'strict', path: '/' } as const;
    void reply.setCookie(this.#name, value, { ...attributes, maxAge });
  }
}
