import { Injectable } from '@nestjs/common';
import { personOf } from '@portillon/access';
import type { Client } from '@portillon/http';
import { AppError, Clock } from '@portillon/kernel';
import type { CodeAccepted } from '@portillon/otp';
import { PendingSignIn, PendingSignInService } from '@portillon/session';
import { CodeCheckService } from './code-check.service';
import { CodeRefusalService } from './code-refusal.service';
import { givenCode } from './code-use';
import type { GivenFactor } from '../session/given-factor.types';
import {
  CompletedSignIn,
  CompletionPlace,
  SignInCompletionService,
} from '../session/sign-in-completion.service';

export interface CodeSubmission extends CompletionPlace {
  signInToken: string | undefined;
  code: string;
}

/** The second step of a sign-in: the one-time code. */
@Injectable()
export class CodeSignInService {
  constructor(
    private readonly pendingSignIns: PendingSignInService,
    private readonly codes: CodeCheckService,
    private readonly completion: SignInCompletionService,
    private readonly refusals: CodeRefusalService,
    private readonly clock: Clock,
  ) {}

  /**
   * Opens the session for the right code. A code opens one session only.
   *
   * @throws AppError `sign-in.required`, `code.rejected`, `code.expired`, `code.exhausted`, `attempts.exceeded`
   */
  async submit(submission: CodeSubmission): Promise<CompletedSignIn> {
    const { client, code } = submission;
    const signIn = await this.pendingSignIns.find(submission.signInToken);
    if (!signIn) return this.#refuseEnded(submission);
    const asked = { purpose: 'sign-in', binding: signIn.id, code } as const;
    const accepted = await this.codes.check(asked, personOf(signIn), client, { means: signIn.means });
    try {
      const completed = this.completion.complete(signIn, this.#given(accepted), submission);
      return await this.codes.settle(accepted, completed);
    } catch (error) {
      if (error instanceof AppError && error.code === 'code.rejected')
        await this.#recordReplay(signIn, client);
      throw error;
    }
  }

  #given(accepted: CodeAccepted): GivenFactor {
    return givenCode(accepted, this.clock.now(), (tx) => this.codes.consume(accepted, tx));
  }

  /** @throws AppError `sign-in.required` */
  async #refuseEnded({ signInToken, client }: CodeSubmission): Promise<never> {
    const ended = await this.pendingSignIns.findEnded(signInToken);
    if (ended) await this.#recordReplay(ended, client);
    throw new AppError('sign-in.required');
  }

  #recordReplay(signIn: Pick<PendingSignIn, 'accountId' | 'principal'>, client: Client): Promise<void> {
    return this.refusals.recordReplay(personOf(signIn), client, { means: 'password' });
  }
}
