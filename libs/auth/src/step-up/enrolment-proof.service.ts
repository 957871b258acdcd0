import { Inject, Injectable } from '@nestjs/common';
import { Account, AccountService } from '@portillon/account';
import { Client } from '@portillon/http';
import { AppError, Clock, addMilliseconds } from '@portillon/kernel';
import { Session } from '@portillon/session';
import { ACCESS_OPTIONS, FactorPolicy, refusalOfState } from '@portillon/access';
import type { ResolvedAccessOptions } from '@portillon/access';
import { PasswordCheckService } from '../password/password-check.service';

/**
 * Requires two recent factors, or one that counts as two, before a means is added. A stolen session is not enough, even
 * with the user's mailbox or password.
 */
@Injectable()
export class EnrolmentProofService {
  constructor(
    private readonly accounts: AccountService,
    private readonly factors: FactorPolicy,
    private readonly passwords: PasswordCheckService,
    private readonly clock: Clock,
    @Inject(ACCESS_OPTIONS) private readonly options: ResolvedAccessOptions,
  ) {}

  /** @throws AppError `password.confirmation-required`, `password.wrong`, `attempts.exceeded`, `session.required` */
  async require(session: Session, password: string | undefined, client: Client): Promise<Account> {
    const account = await this.accounts.get(session.accountId);
    if (!account || refusalOfState(account)) throw new AppError('session.required');
    if (!isByCode(session) || this.#passwordIsFresh(session)) return account;
    if (password === undefined) throw new AppError('password.confirmation-required');
    await this.passwords.confirm(session, account, password, client);
    return account;
  }

  /**
   * Like {@link require}, for an authenticator app. A session that may only add a means can add an app when the app lets
   * the user sign in afterwards. @throws AppError `enrolment.required`
   */
  async requireForApp(session: Session, password: string | undefined, client: Client): Promise<Account> {
    const account = await this.require(session, password, client);
    if (session.proof.limitedTo && !this.factors.mayEnrolTotp(account))
      throw new AppError('enrolment.required');
    return account;
  }

  #passwordIsFresh({ means, signedInAt }: Session): boolean {
    return means === 'password' && addMilliseconds(signedInAt, this.options.freshMs) > this.clock.now();
  }
}

/** Whether the latest proof was a code, which is one factor. */
function isByCode({ means, proof }: Session): boolean {
  return proof.renewedBy === 'code' || (means === 'password' && proof.renewedBy !== 'passkey');
}
