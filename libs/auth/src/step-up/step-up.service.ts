import { Injectable } from '@nestjs/common';
import { FactorPolicy, personOf } from '@portillon/access';
import { AccountService } from '@portillon/account';
import type { Client } from '@portillon/http';
import { AppError, Clock } from '@portillon/kernel';
import type { Session } from '@portillon/session';
import { CodeCheckService } from '../code/code-check.service';
import { givenCode } from '../code/code-use';
import { SteppedUp, StepUpCompletionService } from './step-up-completion.service';

/** The code of a session that is open: at the 24-hour limit, or before a sensitive act. */
@Injectable()
export class StepUpService {
  constructor(
    private readonly accounts: AccountService,
    private readonly factors: FactorPolicy,
    private readonly codes: CodeCheckService,
    private readonly completion: StepUpCompletionService,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError `code.not-accepted`, `code.rejected`, `code.expired`, `code.exhausted`, `attempts.exceeded`, `session.required` */
  async submit(session: Session, code: string, client: Client): Promise<SteppedUp> {
    const account = await this.accounts.getForSignIn(session.accountId);
    if (!account) throw new AppError('session.required');
    // The code may have left while one still confirmed.
    if (!this.factors.acceptsCodes(account)) throw new AppError('code.not-accepted');
    const asked = { purpose: 'session', binding: session.id, code } as const;
    const accepted = await this.codes.check(asked, personOf(session), client);
    const given = givenCode(accepted, this.clock.now(), (tx) => this.codes.consume(accepted, tx));
    return this.codes.settle(accepted, this.completion.complete(session, given, client));
  }
}
