import { Injectable } from '@nestjs/common';
import { AccountService, SignInAccount } from '@portillon/account';
import { AuditService, Reason } from '@portillon/audit';
import { audited, IpThrottleService, FactorPolicy } from '@portillon/access';
import { refusedByRule } from '@portillon/auth';
import {
  AssertionRequest,
  AuthenticationResponseJSON,
  Passkey,
  PasskeyAssertionService,
  VerifiedAssertion,
} from '@portillon/authenticator';
import { Client } from '@portillon/http';
import { AppError } from '@portillon/kernel';
import { SecurityNoticeService } from '@portillon/security-notice';

/** The answer of a passkey: checked, counted, written in the journal when it is refused. */
@Injectable()
export class PasskeyCheckService {
  constructor(
    private readonly assertions: PasskeyAssertionService,
    private readonly accounts: AccountService,
    private readonly factors: FactorPolicy,
    private readonly throttle: IpThrottleService,
    private readonly notices: SecurityNoticeService,
    private readonly audit: AuditService,
  ) {}

  /**
   * Of a sign-in the caller still asks whether the structure takes the passkey; of a step-up that is asked here.
   * @throws AppError `passkey.unknown`, `passkey.rejected`, `means.unavailable`, `identity.unverified`, `attempts.exceeded`
   */
  async require(
    asked: AssertionRequest,
    cookie: string | undefined,
    response: AuthenticationResponseJSON,
    client: Client,
  ): Promise<VerifiedAssertion> {
    await this.throttle.enforce('passkey', client);
    const checked = await this.assertions.check(asked, cookie, response);
    if (checked.status === 'verified') return this.#admit(asked, checked, client);
    await this.throttle.countFailure('passkey', client);
    if (checked.status === 'unknown') return this.refuse(asked, undefined, 'passkey-unknown', client);
    const { reason, passkey } = checked;
    const owner = passkey && (await this.accounts.getForSignIn(passkey.accountId));
    if (owner && reason === 'passkey-counter')
      await this.notices.notify('passkey-misused', owner, { client });
    return this.refuse(asked, owner, reason, client);
  }

  async #admit(
    asked: AssertionRequest,
    verified: VerifiedAssertion,
    client: Client,
  ): Promise<VerifiedAssertion> {
    if (asked.purpose === 'sign-in') return verified;
    const owner = await this.accounts.getForSignIn(verified.passkey.accountId);
    if (owner && !this.factors.passkeyRule(verified.passkey, owner)) return verified;
    return this.refuse(asked, owner, 'means-forbidden', client);
  }

  /** Writes the reason of the refusal to the journal. The answer gives no reason. */
  async refuse(
    { purpose }: Pick<AssertionRequest, 'purpose'>,
    owner: SignInAccount | undefined,
    reason: Reason,
    client: Client,
  ): Promise<never> {
    const name = purpose === 'sign-in' ? 'authn_login_fail' : 'authn_passkey_fail';
    const event = { name, outcome: 'FAILURE', means: 'passkey', reason } as const;
    await this.audit.record(audited(client, owner, event));
    if (reason === 'passkey-unknown') throw new AppError('passkey.unknown');
    if (reason === 'means-forbidden' || reason === 'identity-unverified') throw refusedByRule(reason);
    throw new AppError('passkey.rejected');
  }
}

/** The proof of a passkey, as authentication methods of RFC 8176. */
export function amrOfPasskey({ kind }: Pick<Passkey, 'kind'>): string[] {
  return [kind === 'synced' ? 'swk' : 'hwk', 'user', 'mfa'];
}
