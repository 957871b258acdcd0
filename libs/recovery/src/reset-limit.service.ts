import { Injectable } from '@nestjs/common';
import type { Account } from '@portillon/account';
import { hitOfBlock } from '@portillon/auth';
import type { UsedToken } from '@portillon/credential';
import type { Client } from '@portillon/http';
import { Clock, DAY, HOUR, Keyring, tooMany } from '@portillon/kernel';
import { Hit, Limit, RateLimiterService } from '@portillon/rate-limit';
import { RESET_LIMIT_WORDS } from './reset-limit.texts';

/** Requests from one address block whose link nobody used, whoever they name (policy: 60 unused an hour). */
const PER_BLOCK: Limit = { name: 'reset.block.hour', max: 60, windowMs: HOUR };

/**
 * Links to one person. Counters of their own: a stranger who asks for links must not use up the codes that the person
 * needs to sign in.
 */
const PER_ACCOUNT: readonly Limit[] = [
  { name: 'reset.account.hour', max: 3, windowMs: HOUR },
  { name: 'reset.account.day', max: 6, windowMs: DAY },
];

/** How often a new password may be asked for: abuse is counted, not a hospital whose people forget their passwords. */
@Injectable()
export class ResetLimitService {
  constructor(
    private readonly limiter: RateLimiterService,
    private readonly keyring: Keyring,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError `attempts.exceeded` when the address block asks too often, whoever it names */
  async countRequest(client: Client): Promise<void> {
    const over = await this.limiter.hit([hitOfBlock(PER_BLOCK, client, this.keyring)]);
    if (!over) return;
    throw tooMany('attempts.exceeded', over.retryAt, this.clock.now(), `over ${over.limit.name}`, {
      words: RESET_LIMIT_WORDS,
    });
  }

  /** What {@link giveBackRequest} needs to know, for the link to keep: no address, only what it hashes to. */
  receipt(client: Client): string {
    return hitOfBlock(PER_BLOCK, client, this.keyring).key;
  }

  /** A link that was used takes back the hit of its request. Once, after the commit that used it. Never throws. */
  async giveBackRequest({ context, issuedAt }: UsedToken): Promise<void> {
    if (context) await this.limiter.giveBack([{ limit: PER_BLOCK, key: context }], issuedAt);
  }

  /** Counts a link to the person: `false` when they have had enough of them. */
  async countLink(account: Account): Promise<boolean> {
    return !(await this.limiter.hit(this.#linkHits(account)));
  }

  /** For links that were counted and not written. */
  giveBackLinks(accounts: readonly Account[]): Promise<void> {
    return this.limiter.giveBack(accounts.flatMap((account) => this.#linkHits(account)));
  }

  #linkHits({ id }: Account): Hit[] {
    const key = this.keyring.digest('limit', [id]);
    return PER_ACCOUNT.map((limit) => ({ limit, key }));
  }
}
