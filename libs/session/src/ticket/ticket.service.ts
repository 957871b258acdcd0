import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
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
import { EntityRepository } from '@portillon/persistence';
import { EntityManager, LessThanOrEqual, Repository, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The table `ticket`: used tickets, so that none is used twice. */
@Entity('ticket')
@Index('ticketByExpiry', ['expiresAt'])
export class TicketEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'datetime', precision: 3 })
  expiresAt!: Date;
}

/** The table `ticket`: used tickets. */
@Injectable()
export class TicketRepository extends EntityRepository<TicketEntity> {
  constructor(@InjectRepository(TicketEntity) rows: Repository<TicketEntity>) {
    super(rows);
  }

  isUsed(id: string): Promise<boolean> {
    return this.of().existsBy({ id });
  }

  /** Records the use. Returns true for one caller, by the primary key. */
  use(ticket: TicketEntity, tx: EntityManager): Promise<boolean> {
    return this.insertNew(ticket, tx);
  }

  deleteExpired(now: Date, batch: number): Promise<number> {
    return this.deleteOldest({ expiresAt: LessThanOrEqual(now) }, { expiresAt: 'ASC' }, batch);
  }
}

/** Purpose of a ticket, which is refused for every other purpose. */
export type TicketPurpose = 'card-sign-in' | 'card-link';

export interface IssuedTicket {
  /** For the page, which returns it. */
  ticket: string;
  /** For the browser's cookie: without it the ticket is worthless. */
  browserToken: string;
}

export interface RedeemableTicket<Content> {
  id: string;
  content: Content;
  expiresAt: Date;
}

/** Encrypted content of a ticket. */
interface Sealed {
  id: string;
  purpose: TicketPurpose;
  /** SHA-256 of the value in the browser's cookie. */
  browserDigest: string;
  content: object;
  expiresAt: string;
}

/** Lifetime of a ticket: long enough for the page to return it, too short for anything else. */
export const TICKET_MS = 60 * SECOND;
/** Maximum difference between the clocks of two instances: a used ticket is remembered for this much longer. */
const SKEW_MS = 5 * MINUTE;
const SEAL = 'ticket';

/**
 * Carries, encrypted in the browser, what one origin of the service has proved to another origin. A ticket alone gives
 * no access: it is valid once, for a minute, for one purpose, in one browser. Only its use is stored (docs/adr/0014).
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

  /**
   * Returns the content of a valid ticket to the browser that presents it. Does not use it up: {@link redeem} does.
   */
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

  /** Uses the ticket up. Of all concurrent callers, one gets true. */
  async redeem({ id, expiresAt }: RedeemableTicket<unknown>, tx: EntityManager): Promise<boolean> {
    if (expiresAt <= this.clock.now()) return false;
    return this.tickets.use({ id, expiresAt: addMilliseconds(expiresAt, SKEW_MS) }, tx);
  }

  /** Deletes at most `batch` expired tickets. */
  purge(batch: number): Promise<number> {
    return this.tickets.deleteExpired(this.clock.now(), batch);
  }

  #open(ticket: string): Sealed | undefined {
    try {
      return JSON.parse(this.keyring.open(SEAL, ticket)) as Sealed;
    } catch {
      // Forged, altered, truncated, or sealed with a removed key.
      return undefined;
    }
  }
}
