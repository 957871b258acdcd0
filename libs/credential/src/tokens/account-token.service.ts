import { Inject, Injectable } from '@nestjs/common';
import { Clock, DAY, issueToken, Random, addMilliseconds } from '@portillon/kernel';
import type { EntityManager } from 'typeorm';
import { AccountTokenRepository } from './account-token.repository';
import { RECOVERY_OPTIONS } from '../credential.options';
import type { RecoveryOptions } from '../credential.options';

/** What a token is good for; one of a kind is refused for the other. */
export type AccountTokenKind = 'INVITATION' | 'PASSWORD_RESET';

export interface AccountTokenRequest {
  kind: AccountTokenKind;
  accountId: string;
  /** The caller's own, which comes back with the used token. At most 255 characters. */
  context?: string;
  /** A longer life than usual, as {@link AccountTokenService.expiry} allows it. */
  until?: Date | null;
}

export interface UsedToken {
  accountId: string;
  issuedAt: Date;
  context: string | null;
}

/** Policy, « Retention »: codes and what is like them. */
export const TOKEN_KEPT_MS = DAY;

/** Longest life of any invitation: that of a wave of them. */
const LONGEST_INVITATION_MS = 60 * DAY;

/** Links for choosing a password: each is valid once, for a limited time, for one account. */
@Injectable()
export class AccountTokenService {
  constructor(
    private readonly tokens: AccountTokenRepository,
    private readonly clock: Clock,
    private readonly random: Random,
    @Inject(RECOVERY_OPTIONS) private readonly options: RecoveryOptions,
  ) {}

  /** A new token, `id.secret`, given once and stored nowhere; the earlier one of the same kind is void. */
  async issue({ kind, accountId, context, until }: AccountTokenRequest, tx: EntityManager): Promise<string> {
    const { id, secretDigest, value } = issueToken(this.random);
    const issuedAt = this.clock.now();
    const expiresAt = this.expiry(kind, issuedAt, until);
    const row = { id, accountId, kind, secretDigest, issuedAt, expiresAt, context: context ?? null };
    await this.tokens.replace(row, tx);
    return value;
  }

  /**
   * Until when a token that is issued at `from` is good. An invitation may live longer than usual, `until` a later time, 60
   * days at most.
   */
  expiry(kind: AccountTokenKind, from: Date, until?: Date | null): Date {
    const { invitationMs, passwordResetMs } = this.options;
    if (kind === 'PASSWORD_RESET') return addMilliseconds(from, passwordResetMs);
    const wanted = until ? until.getTime() - from.getTime() : 0;
    return addMilliseconds(from, Math.min(Math.max(invitationMs, wanted), LONGEST_INVITATION_MS));
  }

  /** Whose token this is, while it is good. Uses nothing up: {@link use} does. Any text is answered. */
  async find(kind: AccountTokenKind, token: string): Promise<string | undefined> {
    return (await this.#findValid(kind, token))?.accountId;
  }

  /** Uses the token up and says whose it was. Of all who try, one gets it; the others get nothing. */
  async use(kind: AccountTokenKind, token: string, tx: EntityManager): Promise<UsedToken | undefined> {
    const good = await this.#findValid(kind, token, tx);
    const isUsed = good && (await this.tokens.use(good, this.clock.now(), tx));
    return isUsed ? { accountId: good.accountId, issuedAt: good.issuedAt, context: good.context } : undefined;
  }

  /** Voids every token of the person: for a deactivation, an erasure, a new password. */
  voidAll(accountId: string, tx: EntityManager): Promise<void> {
    return this.tokens.voidAll(accountId, tx);
  }

  /** Deletes at most `batch` that expired a day ago: how many. */
  purge(batch: number): Promise<number> {
    return this.tokens.deleteExpiredBefore(addMilliseconds(this.clock.now(), -TOKEN_KEPT_MS), batch);
  }

  async #findValid(kind: AccountTokenKind, token: string, tx?: EntityManager) {
    const valid = await this.tokens.findValid(token, this.clock.now(), tx);
    return valid?.kind === kind ? valid : undefined;
  }
}
