import '@fastify/cookie';
import { Inject, Injectable } from '@nestjs/common';
import { SECOND } from '@portillon/kernel';
import { TICKET_MS } from '@portillon/session';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CPX_OPTIONS, type CpxOptions } from './cpx.options';

const NAME = 'portillon_ticket';

/** Binds a ticket to its browser for one minute: the card's origin sets it, the pages' origin reads it. */
@Injectable()
export class TicketCookie {
  readonly #domain: string | undefined;
  readonly #secure: boolean;

  constructor(@Inject(CPX_OPTIONS) options: CpxOptions) {
    this.#secure = options.publicUrl.startsWith('https:');
    this.#domain = options.cardUrl ? commonDomain(options.cardUrl, options.publicUrl) : undefined;
  }

  read(request: FastifyRequest): string | undefined {
    return request.cookies[NAME];
  }

  write(reply: FastifyReply, value: string): void {
    this.#set(reply, value, TICKET_MS / SECOND);
  }

  clear(reply: FastifyReply): void {
    this.#set(reply, '', 0);
  }

  #set(reply: FastifyReply, value: string, maxAge: number): void {
    void reply.setCookie(NAME, value, {
      httpOnly: true,
      secure: this.#secure,
      sameSite: 'strict',
      path: '/api',
      maxAge,
      ...(this.#domain ? { domain: this.#domain } : {}),
    });
  }
}

/**
 * The smallest domain that holds both hosts; nothing when they are one host, whose ports share their cookies.
 *
 * @throws Error when they have no domain in common, so that no cookie could ever reach both.
 */
export function commonDomain(cardUrl: string, publicUrl: string): string | undefined {
  const [card, page] = [new URL(cardUrl).hostname, new URL(publicUrl).hostname];
  if (card === page) return undefined;
  const labels = card.split('.').reverse();
  const others = page.split('.').reverse();
  const shared = labels.findIndex((label, index) => label !== others[index]);
  const common = labels.slice(0, shared < 0 ? labels.length : shared).reverse();
  const isAddress = /^[\d.]+$|:/.test(card) || /^[\d.]+$|:/.test(page);
  if (common.length < 2 || isAddress) throw new Error('they share no domain');
  return common.join('.');
}
