import { Injectable } from '@nestjs/common';
import { personOf } from '@portillon/access';
import { StepUpCompletionService, SteppedUp } from '@portillon/auth';
import { Client } from '@portillon/http';
import { Session } from '@portillon/session';
import { TotpCheckService } from './totp-check.service';

/** The code of an authenticator app in a session that is open: at the 24-hour limit, or before a sensitive act. */
@Injectable()
export class TotpStepUpService {
  constructor(
    private readonly checks: TotpCheckService,
    private readonly completion: StepUpCompletionService,
  ) {}

  /** @throws AppError `totp.rejected`, `attempts.exceeded`, `code.exhausted`, `session.required` */
  async confirm(session: Session, code: string, client: Client): Promise<SteppedUp> {
    const given = await this.checks.require(personOf(session), code, client);
    return this.checks.settle(personOf(session), client, this.completion.complete(session, given, client));
  }
}
