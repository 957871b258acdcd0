import { Injectable } from '@nestjs/common';
import { AccountService } from '@portillon/account';
import { AuditService } from '@portillon/audit';
import { audited, CodeRefusalService, GivenFactor, RefusedPerson, SignInPolicy } from '@portillon/auth';
import { TotpService, TotpStep } from '@portillon/authenticator';
import { Client } from '@portillon/http';
import { AppError } from '@portillon/kernel';
import { OtpAttemptService, OtpLock } from '@portillon/otp';

/** In the journal, beside the channels of codes that are sent. */
const CHANNEL = 'TOTP';

/** The code of an authenticator app: counted and committed, then compared, then used up with what it opens. */
@Injectable()
export class TotpCheckService {
  constructor(
    private readonly totp: TotpService,
    private readonly attempts: OtpAttemptService,
    private readonly accounts: AccountService,
    private readonly policy: SignInPolicy,
    private readonly refusals: CodeRefusalService,
    private readonly audit: AuditService,
  ) {}

  /**
   * The right code, still to be used. A person without app is refused as one with a wrong code, and counted as well.
   *
   * @throws AppError `totp.rejected`, `attempts.exceeded`, `code.exhausted`, `service.busy`
   */
  async require(person: RefusedPerson, code: string, client: Client): Promise<GivenFactor> {
    const app = await this.#appOf(person.id);
    const counted = await this.attempts.count(person.id);
    if (counted.status === 'locked') return this.#refuseLocked(counted, person, client);
    const step = app && this.totp.compare(app, code);
    if (step) return this.#given(step);
    return counted.lock ? this.#refuseLocked(counted.lock, person, client) : this.#refuse(person, client);
  }

  /** What the code opens; where another caller was first with it, the refusal stands in the journal too. */
  async settle<Opened>(person: RefusedPerson, client: Client, opened: Promise<Opened>): Promise<Opened> {
    try {
      return await opened;
    } catch (error) {
      if (error instanceof AppError && error.code === 'totp.rejected') return this.#refuse(person, client);
      throw error;
    }
  }

  /** Writes the refusal in the journal. @throws AppError `totp.rejected` always */
  async #refuse(person: RefusedPerson, client: Client): Promise<never> {
    const event = {
      name: 'authn_code_fail',
      outcome: 'FAILURE',
      reason: 'rejected',
      channel: CHANNEL,
    } as const;
    await this.audit.record(audited(client, person, event));
    throw rejected();
  }

  /** Nothing for who has none, and where a code by mail alone opens. */
  async #appOf(accountId: string) {
    const account = await this.accounts.get(accountId);
    return account && this.policy.takesOwnFactors(account) ? this.totp.open(accountId) : undefined;
  }

  #given(step: TotpStep): GivenFactor {
    return {
      consume: async (tx) => {
        if (!(await this.totp.use(step, tx))) throw rejected();
        await this.attempts.forgive(step.accountId, tx);
      },
      proof: { code: 'otp' },
      facts: { channel: CHANNEL },
    };
  }

  #refuseLocked(lock: OtpLock, person: RefusedPerson, client: Client): Promise<never> {
    return this.refusals.refuse(lock, person, client, { channel: CHANNEL });
  }
}

function rejected(): AppError {
  return new AppError('totp.rejected');
}
