import { Injectable } from '@nestjs/common';
import { AccountService } from '@portillon/account';
import { OpenedSession, SignInCompletionService, SignInRefused } from '@portillon/auth';
import { SignInPolicy } from '@portillon/access';
import {
  AuthenticationResponseJSON,
  PasskeyAssertionService,
  VerifiedAssertion,
} from '@portillon/authenticator';
import { Client } from '@portillon/http';
import { Transactions } from '@portillon/persistence';
import type { EntityManager } from 'typeorm';
import { amrOf, PasskeyCheckService } from './passkey-check.service';

/** No session is open yet: the cookie alone binds the challenge to its browser. */
const SIGN_IN = { purpose: 'sign-in', binding: '' } as const;

/** A sign-in with a passkey, which identifies the account. No code is required. */
@Injectable()
export class PasskeySignInService {
  constructor(
    private readonly checks: PasskeyCheckService,
    private readonly assertions: PasskeyAssertionService,
    private readonly accounts: AccountService,
    private readonly policy: SignInPolicy,
    private readonly transactions: Transactions,
    private readonly completion: SignInCompletionService,
  ) {}

  begin(): ReturnType<PasskeyAssertionService['begin']> {
    return this.assertions.begin(SIGN_IN);
  }

  /** @throws AppError `passkey.unknown`, `passkey.rejected`, `means.unavailable`, `identity.unverified`, `attempts.exceeded` */
  async signIn(
    cookie: string | undefined,
    response: AuthenticationResponseJSON,
    client: Client,
  ): Promise<OpenedSession> {
    const verified = await this.checks.require(SIGN_IN, cookie, response, client);
    const account = await this.accounts.getForSignIn(verified.passkey.accountId);
    const admission = this.policy.judge(account, { means: 'passkey', passkeys: [verified.passkey] });
    if (!admission.opens) return this.checks.refuse(SIGN_IN, account, admission.refusal, client);
    try {
      const opened = await this.transactions.runOrRollBack((tx) => this.#open(verified, client, tx));
      return opened ?? (await this.checks.refuse(SIGN_IN, account, 'passkey-used', client));
    } catch (error) {
      if (error instanceof SignInRefused)
        return this.checks.refuse(SIGN_IN, error.account, error.reason, client);
      throw error;
    }
  }

  /** Undefined when another request answered the challenge, or the passkey was used or removed since its check. */
  async #open(
    verified: VerifiedAssertion,
    client: Client,
    tx: EntityManager,
  ): Promise<OpenedSession | undefined> {
    const { passkey } = verified;
    if (!(await this.assertions.consume(verified, tx))) return undefined;
    return this.completion.open(
      {
        accountId: passkey.accountId,
        means: 'passkey',
        passkey,
        acr: null,
        amr: amrOf(passkey),
        proof: passkey.identityProof ? { identity: passkey.identityProof } : {},
        codeAcceptedAt: null,
        browserId: null,
        client,
        facts: { data: { passkeyId: passkey.id, passkeyKind: passkey.kind } },
      },
      tx,
    );
  }
}
