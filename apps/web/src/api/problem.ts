import type { Challenge, Problem } from '@portillon/api-client';

/** A refusal of the API by its public code, or `unreachable` when the API did not answer. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly receivedAt = Date.now();

  constructor(
    readonly code: string,
    private readonly body: Partial<Problem> = {},
  ) {
    super(code);
  }

  get requestId(): string | undefined {
    return this.body.requestId;
  }
  /** The message limit that is reached (`attempts.exceeded`), where no message may be sent. */
  get counted(): string | undefined {
    return this.body.counted;
  }
  /** Why a means is not accepted (`means.unavailable`), unless it is only out of order. */
  get closedBy(): string | undefined {
    return this.body.cause;
  }
  get attemptsLeft(): number | undefined {
    return this.body.attemptsLeft;
  }
  /** Error codes of the fields, such as why a password is too weak, and the word that is wrong. */
  get reasons(): { code: string; word?: string }[] {
    return this.body.errors ?? [];
  }
  /** Returns the error code of this field. */
  reasonOf(field: string): string | undefined {
    return this.body.errors?.find((error) => error.field === field)?.code;
  }
  /** The challenge that stays valid although its message could not be sent (`delivery.failed`). */
  get challenge(): Challenge | undefined {
    return this.body.challenge;
  }
  /** Where to restart the application's expired request (`interaction.expired`). */
  get initiateLoginUri(): string | undefined {
    return this.body.initiateLoginUri ?? undefined;
  }
  /** When a retry makes sense, in milliseconds by this computer's clock. */
  get retryAt(): number | null {
    const seconds = this.body.retryAfterSeconds;
    return seconds === undefined ? null : this.receivedAt + seconds * 1_000;
  }
  /** Uses the clock, not the displayed countdown: two countdowns never end at the same instant. */
  get tooSoon(): boolean {
    return Date.now() < (this.retryAt ?? 0);
  }
}

/** Reads the generated client's `error`: a problem document, a proxy's page or a network failure. */
export function toProblem(error: unknown): ApiProblem {
  const body = error as Partial<Problem> | undefined;
  if (typeof body?.code === 'string' && typeof body.status === 'number')
    return new ApiProblem(body.code, body);
  return new ApiProblem('unreachable');
}
