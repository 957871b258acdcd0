import { Injectable } from '@nestjs/common';
import { Account, AccountService, identityAnnouncedAt } from '@portillon/account';
import { ENROLMENT_MS, strongMeansStage } from '@portillon/structure';
import { AuthenticatorService } from '@portillon/authenticator';
import { AppError, Clock, DAY, addMilliseconds } from '@portillon/kernel';
import type { OwnStrongMeans } from './own-strong-means.dto';
import type { Session } from '@portillon/session';

/** The shortest time between two reminders. */
const PROMPT_EVERY_MS = 14 * DAY;

/** The structure's progress towards strong means, and whether the user is ready. */
@Injectable()
export class OwnStrongMeansService {
  constructor(
    private readonly accounts: AccountService,
    private readonly authenticators: AuthenticatorService,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError `session.required` when the account is gone */
  async of(session: Session): Promise<OwnStrongMeans> {
    const account = await this.#account(session);
    const { strongMeansFrom: from } = account.policy;
    const now = this.clock.now();
    const stage = strongMeansStage(account.policy, now);
    const ready = await this.#isReady(account);
    return {
      stage,
      from: isoOrNull(from),
      enrolmentUntil: isoOrNull(from && addMilliseconds(from, ENROLMENT_MS)),
      ready,
      totp: account.policy.totpIsStrong,
      prompt: stage === 'encouraged' && !ready && this.#mayPrompt(account),
      identityRequiredFrom: isoOrNull(identityAnnouncedAt(account.policy, account.identity, now)),
    };
  }

  /** Records that the user was reminded: for 14 days no browser reminds them again. */
  async recordPrompt(session: Session): Promise<void> {
    const { id, strongMeansPromptedAt } = await this.#account(session);
    await this.accounts.recordPrompt(id, strongMeansPromptedAt);
  }

  async #account({ accountId }: Session): Promise<Account> {
    const account = await this.accounts.get(accountId);
    if (!account) throw new AppError('session.required');
    return account;
  }

  async #isReady({ id, nationalId, policy }: Account): Promise<boolean> {
    if (nationalId) return true;
    const { passkeyKind: kind, passkeyIdentity: identity, totpIsStrong: totp } = policy;
    const accepted = { kind, identity, totp };
    return (await this.authenticators.holders([id], accepted)).has(id);
  }

  #mayPrompt({ strongMeansPromptedAt: at }: Account): boolean {
    return !at || addMilliseconds(at, PROMPT_EVERY_MS) <= this.clock.now();
  }
}

function isoOrNull(at: Date | null): string | null {
  return at?.toISOString() ?? null;
}
