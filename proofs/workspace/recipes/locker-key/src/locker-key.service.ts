import { Injectable } from '@nestjs/common';
import { personOf } from '@portillon/access';
import { SignInCompletionService, StepUpCompletionService } from '@portillon/auth';
import type { CompletedSignIn, CompletionPlace, SteppedUp } from '@portillon/auth';
import type { Client } from '@portillon/http';
import { AppError } from '@portillon/kernel';
import { PendingSignInService } from '@portillon/session';
import type { Session } from '@portillon/session';
import { LockerKeyCheckService } from './locker-key-check.service';

/** The key of one's locker, at a sign-in and in a session that is open. */
@Injectable()
export class LockerKeyService {
  constructor(
    private readonly checks: LockerKeyCheckService,
    private readonly stepUps: StepUpCompletionService,
    private readonly signIns: SignInCompletionService,
    private readonly pendingSignIns: PendingSignInService,
  ) {}

  /** @throws AppError `locker-key.rejected`, `attempts.exceeded`, `code.exhausted`, `session.required` */
  async confirm(session: Session, key: string, client: Client): Promise<SteppedUp> {
    const person = personOf(session);
    const given = await this.checks.require(person, key, client);
    return this.checks.settle(person, client, this.stepUps.complete(session, given, client));
  }

  /** @throws AppError `sign-in.required`, `locker-key.rejected`, `attempts.exceeded`, `code.exhausted` */
  async signIn(token: string | undefined, key: string, place: CompletionPlace): Promise<CompletedSignIn> {
    const signIn = await this.pendingSignIns.find(token);
    if (!signIn) throw new AppError('sign-in.required');
    const person = personOf(signIn);
    const given = await this.checks.require(person, key, place.client);
    return this.checks.settle(person, place.client, this.signIns.complete(signIn, given, place));
  }
}
