import { Injectable } from '@nestjs/common';
import {
  Clock,
  issueToken,
  Keyring,
  MINUTE,
  parseToken,
  Random,
  SECOND,
  secretMatches,
  addMilliseconds,
} from '@portillon/kernel';
import type { EntityManager } from 'typeorm';
import { TicketRepository } from './ticket.repository';

/** What a ticket is good for; one of a purpose is refused for every other. */
export type TicketPurpose = 'card-sign-in' | 'card-link';

export interface IssuedTicket {
  /** For the page, which gives it back. */
  ticket: string;
  /** For the browser's cookie: without it the ticket is worth nothing. */
  browserToken: string;
}

export interface RedeemableTicket<Content> {
  id: string;
  content: Content;
  expiresAt: Date;
}

/** What a ticket says, to us alone. */
interface Sealed {
  id: string;
  purpose: TicketPurpose;
  /** SHA-256 of what the browser's cookie holds. */
  browserDigest: string;
  content: object;
  expiresAt: string;
}

/** Long enough for the page to come back with it, too short for anything else. */
export const TICKET_MS = 60 * SECOND;
/** How far the clocks of two instances may be apart: for so long more a ticket that was used is known as used. */
const SKEW_MS = 5 * MINUTE;
const SEAL = 'ticket';

/**
 * What one origin of the service has proved, carried sealed by the browser to another. A ticket opens nothing by
 * itself: it is good once, for a minute, for one purpose, in the browser that it was given to. What is stored is that
 * it was used (docs/adr/0014).
 */
@Injectable()
export class TicketService {
  constructor(
    private readonly tickets: TicketRepository,
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly keyring: Keyring,
  ) {}

  issue(purpose: TicketPurpose, content: object): IssuedTicket {
    const browser = issueToken(this.random);
    const said: Sealed = {
      id: browser.id,
      purpose,
      browserDigest: browser.secretDigest,
      content,
      expiresAt: addMilliseconds(this.clock.now(), TICKET_MS).toISOString(),
    };
    return {
      ticket: this.keyring.seal(SEAL, JSON.stringify(said), this.random),
      browserToken: browser.value,
    };
  }

  /** What the ticket holds, while it is good, for the browser that presents it. Does not use it up: {@link redeem}. */
  async find<Content>(
    purpose: TicketPurpose,
    ticket: string,
    browserToken: string | undefined,
  ): Promise<RedeemableTicket<Content> | undefined> {
    const said = this.#open(ticket);
    const browser = parseToken(browserToken);
    if (said?.purpose !== purpose || !browser || browser.id !== said.id) return undefined;
    if (!secretMatches(browser.secret, said.browserDigest)) return undefined;
    const expiresAt = new Date(said.expiresAt);
    if (expiresAt <= this.clock.now() || (await this.tickets.isUsed(said.id))) return undefined;
    return { id: said.id, content: said.content as Content, expiresAt };
  }

  /** Uses the ticket up. Of all who try, one gets true. */
  async redeem({ id, expiresAt }: RedeemableTicket<unknown>, tx: EntityManager): Promise<boolean> {
    if (expiresAt <= this.clock.now()) return false;
    return this.tickets.use({ id, expiresAt: addMilliseconds(expiresAt, SKEW_MS) }, tx);
  }

  /** Forgets at most `batch` tickets that are over. */
  purge(batch: number): Promise<number> {
    return this.tickets.deleteExpired(this.clock.now(), batch);
  }

  #open(ticket: string): Sealed | undefined {
    try {
      return JSON.parse(this.keyring.open(SEAL, ticket)) as Sealed;
    } catch {
      // Forged, altered, truncated, or sealed by a key that has left the ring.
      return undefined;
    }
  }
}
