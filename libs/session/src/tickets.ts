import { Injectable } from '@nestjs/common';
import {
  Clock,
  issueToken,
  Keyring,
  parseToken,
  Random,
  SECOND,
  secretMatches,
  shift,
} from '@portillon/kernel';
import { Database, Statements } from '@portillon/persistence';

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
}

interface TicketRow {
  id: string;
  secretDigest: string | null;
  browserDigest: string;
  sealedContent: string | null;
  expiresAt: Date;
}

/** Long enough for the page to come back with it, too short for anything else. */
const LIFE_MS = 60 * SECOND;
const PURPOSE = 'ticket';

/**
 * What one origin of the service has proved, carried by the browser to another. A ticket opens nothing by itself: it
 * is good once, for a minute, for one purpose, in the browser that it was given to.
 */
@Injectable()
export class Tickets {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly keyring: Keyring,
  ) {}

  async issue(
    purpose: TicketPurpose,
    content: object,
    at: Statements = this.database,
  ): Promise<IssuedTicket> {
    const ticket = issueToken(this.random);
    const browser = issueToken(this.random, ticket.id);
    await at.execute(
      `INSERT INTO ticket (id, purpose, secretDigest, browserDigest, sealedContent, expiresAt)
       VALUES (?, ?, ?, ?, ?, ?)`,
      [
        ticket.id,
        purpose,
        ticket.secretDigest,
        browser.secretDigest,
        this.keyring.seal(PURPOSE, JSON.stringify(content), this.random),
        shift(this.clock.now(), LIFE_MS),
      ],
    );
    return { ticket: ticket.value, browserToken: browser.value };
  }

  /** What the ticket holds, while it is good, for the browser that presents it. Does not use it up: {@link redeem}. */
  async find<Content>(
    purpose: TicketPurpose,
    ticket: string,
    browserToken: string | undefined,
  ): Promise<RedeemableTicket<Content> | undefined> {
    const mine = parseToken(ticket);
    const browser = parseToken(browserToken);
    if (!mine || !browser) return undefined;
    const row = await this.database.row<TicketRow>(
      'SELECT id, secretDigest, browserDigest, sealedContent, expiresAt FROM ticket WHERE id = ? AND purpose = ?',
      [mine.id, purpose],
    );
    if (!row?.sealedContent || row.expiresAt <= this.clock.now()) return undefined;
    const secretFits = secretMatches(mine.secret, row.secretDigest);
    if (!secretMatches(browser.secret, row.browserDigest) || !secretFits) return undefined;
    return { id: row.id, content: JSON.parse(this.keyring.open(PURPOSE, row.sealedContent)) as Content };
  }

  /** Uses the ticket up; what it held is wiped. Of all who try, one gets true. */
  async redeem(id: string, tx: Statements): Promise<boolean> {
    const used = await tx.execute(
      `UPDATE ticket SET secretDigest = NULL, sealedContent = NULL
       WHERE id = ? AND secretDigest IS NOT NULL AND expiresAt > ?`,
      [id, this.clock.now()],
    );
    return used === 1;
  }

  /** Deletes at most `batch` tickets that are over. */
  async purge(batch: number): Promise<number> {
    const rows = await this.database.rows<{ id: string }>(
      `SELECT id FROM ticket WHERE expiresAt <= ? ORDER BY expiresAt LIMIT ${Math.trunc(batch)}`,
      [this.clock.now()],
    );
    if (rows.length === 0) return 0;
    const places = rows.map(() => '?').join(', ');
    const ids = rows.map((row) => row.id);
    return this.database.execute(`DELETE FROM ticket WHERE id IN (${places})`, ids);
  }
}
