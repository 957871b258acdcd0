import { Injectable } from '@nestjs/common';
import type { Account } from '@portillon/account';
import { PasswordAttemptService, UsedToken } from '@portillon/credential';
import type { Client } from '@portillon/http';
import { Clock, DAY, type ErrorText, HOUR, Keyring, type Locale, tooMany } from '@portillon/kernel';
import { Hit, hitOfBlock, Limit, LimitsByKind, RateLimiterService } from '@portillon/rate-limit';

/** Requests from one address block whose link stays unused, known name or not (policy: 60 unused an hour). */
const PER_BLOCK: Limit = { name: 'reset.block.hour', max: 60, windowMs: HOUR };

/**
 * Limits of links to one person, counted separately. A stranger’s requests for links must not use up the codes for
 * sign-in, nor, from one address block, all the links of the day.
 */
const PER_ACCOUNT: readonly Limit[] = [
  { name: 'reset.account.hour', max: 3, windowMs: HOUR },
  { name: 'reset.account.day', max: 6, windowMs: DAY },
];

const PER_BLOCK_AND_ACCOUNT: Limit = { name: 'reset.block-account.day', max: 3, windowMs: DAY };
/** For a user who cannot sign in by password: a stranger who locked it may have used up the links as well. */
const PER_LOCKED_ACCOUNT: Limit = { name: 'reset.locked-account.day', max: 1, windowMs: DAY };

/** The limits that an operator may list and clear. */
export const RESET_LIMITS = {
  account: [...PER_ACCOUNT, PER_LOCKED_ACCOUNT],
  block: [PER_BLOCK],
} as const satisfies LimitsByKind;

/** Advice for a user whose network has requested too many links. */
const RESET_LIMIT_WORDS: Readonly<Record<Locale, ErrorText>> = {
  fr: {
    title: 'Trop de demandes de mot de passe',
    detail:
      'Trop de nouveaux mots de passe ont été demandés depuis votre réseau sans que le lien soit utilisé. Patientez le temps indiqué, ou connectez-vous avec votre carte ou Pro Santé Connect.',
  },
  en: {
    title: 'Too many requests for a password',
    detail:
      'Too many new passwords were asked for from your network without their link being used. Wait for the time shown, or sign in with your card or Pro Santé Connect.',
  },
};

/**
 * How often a new password may be requested: high enough for a hospital whose users forget their passwords, not for abuse.
 */
@Injectable()
export class ResetLimitService {
  constructor(
    private readonly limiter: RateLimiterService,
    private readonly attempts: PasswordAttemptService,
    private readonly keyring: Keyring,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError `attempts.exceeded` when the address block asks too often, known name or not */
  async countRequest(client: Client): Promise<void> {
    const over = await this.limiter.consume(hitOfBlock(PER_BLOCK, client, this.keyring));
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
    if (context) await this.limiter.refund({ limit: PER_BLOCK, key: context }, issuedAt);
  }

  /**
   * Counts a link to the user. Returns the counters, or undefined when the user or the requesting block is over its limit.
   */
  async countLink(
    { id, username }: Account,
    client: Pick<Client, 'addressBlock'>,
  ): Promise<Hit[] | undefined> {
    const ofBlock = this.#hit(PER_BLOCK_AND_ACCOUNT, `${client.addressBlock} ${id}`);
    const usual = [ofBlock, ...PER_ACCOUNT.map((limit) => this.#hit(limit, id))];
    if (await this.#consumeAll(usual)) return usual;
    if (!(await this.attempts.lockedUntil(username, null))) return undefined;
    const last = [ofBlock, this.#hit(PER_LOCKED_ACCOUNT, id)];
    return (await this.#consumeAll(last)) ? last : undefined;
  }

  /** For links that were counted and not written. */
  async giveBackLinks(counted: readonly Hit[]): Promise<void> {
    for (const hit of counted) await this.limiter.refund(hit);
  }

  /** All or none. */
  async #consumeAll(hits: readonly Hit[]): Promise<boolean> {
    for (const [index, hit] of hits.entries()) {
      if (!(await this.limiter.consume(hit))) continue;
      await this.giveBackLinks(hits.slice(0, index));
      return false;
    }
    return true;
  }

  #hit(limit: Limit, key: string): Hit {
    return { limit, key: this.keyring.digest('limit', [key]) };
  }
}
