import { Injectable } from '@nestjs/common';
import { addMilliseconds, Clock, DAY, issueToken, Random } from '@portillon/kernel';
import type { EntityManager } from 'typeorm';
import { NoticeLinkRepository } from './notice-link.repository';
import { TOKEN_KEPT_MS } from './account-token.service';

/** An event that a notice reported to its account holder. */
export interface NotifiedEvent {
  accountId: string;
  /** Kind of the notice, such as `password-changed`. */
  event: string;
  occurredAt: Date;
  /** The address that the notice went to. */
  mailbox: string;
}

/** How long the reader of a notice may report that the event was not theirs. */
export const NOTICE_LINK_MS = 7 * DAY;

/**
 * Links by which the reader of a notice reports that the event was not theirs. Each belongs to one mailed notice and is
 * valid once, for seven days. No later notice and no change of password or address voids it: an intruder could make one.
 * Only a later change by an administrator does, or a report.
 */
@Injectable()
export class NoticeLinkService {
  constructor(
    private readonly links: NoticeLinkRepository,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** Issues a link for each event, in one statement. Returns the tokens in the same order; they are stored nowhere. */
  async issueAll(events: readonly NotifiedEvent[], tx: EntityManager): Promise<string[]> {
    if (events.length === 0) return [];
    const expiresAt = addMilliseconds(this.clock.now(), NOTICE_LINK_MS);
    const issued = events.map((event) => ({ event, token: issueToken(this.random) }));
    const rows = issued.map(({ event, token: { id, secretDigest } }) => ({
      ...event,
      id,
      secretDigest,
      expiresAt,
    }));
    await this.links.insertAll(rows, tx);
    return issued.map(({ token }) => token.value);
  }

  /** Returns the event of a valid link, which stays valid. Any text is answered. */
  find(token: string): Promise<NotifiedEvent | undefined> {
    return this.links.findValid(token, this.clock.now());
  }

  /** Uses the link and returns its event: to one of several concurrent callers. */
  async use(token: string, tx: EntityManager): Promise<NotifiedEvent | undefined> {
    const now = this.clock.now();
    const valid = await this.links.findValid(token, now, tx);
    return valid && (await this.links.use(valid, now, tx)) ? valid : undefined;
  }

  /** Returns the events of the last seven days that this account was notified of, oldest first, and when those days began. */
  async recent(accountId: string, tx: EntityManager): Promise<{ since: Date; events: NotifiedEvent[] }> {
    const since = addMilliseconds(this.clock.now(), -NOTICE_LINK_MS);
    return { since, events: await this.links.findEventsSince(accountId, since, tx) };
  }

  /** Deletes the links of an erased person. */
  erase(accountId: string, tx: EntityManager): Promise<void> {
    return this.links.erase(accountId, tx);
  }

  /** Deletes at most `batch` links that expired a day ago. Returns how many. */
  purge(batch: number): Promise<number> {
    return this.links.deleteExpiredBefore(addMilliseconds(this.clock.now(), -TOKEN_KEPT_MS), batch);
  }
}
