import { Injectable } from '@nestjs/common';
import type { Client } from '@portillon/http';
import { Clock } from '@portillon/kernel';
import type { Session } from '@portillon/session';
import { CodeCheckService } from './code-check.service';
import { givenCode } from './code-use';
import { personOf } from './person';
import { SteppedUp, StepUpCompletionService } from './step-up-completion.service';

/** The code of a session that is open: at the 24-hour limit, or before a sensitive act. */
@Injectable()
export class StepUpService {
  constructor(
    private readonly codes: CodeCheckService,
    private readonly completion: StepUpCompletionService,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError `code.rejected`, `code.expired`, `code.exhausted`, `attempts.exceeded`, `session.required` */
  async submit(session: Session, code: string, client: Client): Promise<SteppedUp> {
    const asked = { purpose: 'session', binding: session.id, code } as const;
    const accepted = await this.codes.check(asked, personOf(session), client);
    const given = givenCode(accepted, this.clock.now(), (tx) => this.codes.consume(accepted, tx));
    const steppedUp = await this.completion.complete(session, given, client);
    await this.codes.giveBack(accepted);
    return steppedUp;
  }
}
