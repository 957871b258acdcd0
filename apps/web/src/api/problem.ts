import type { Challenge, Problem } from '@portillon/api-client';

/** A refusal of the API by its public code, or `unreachable` when no answer of the API came. */
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
  /** Which count of messages is full (`attempts.exceeded`), where no message may leave. */
  get counted(): string | undefined {
    return this.body.counted;
  }
  /** Why a means is closed (`means.unavailable`), where it is not merely away. */
  get closedBy(): string | undefined {
    return this.body.cause;
  }
  get attemptsLeft(): number | undefined {
    return this.body.attemptsLeft;
  }
  /** The codes of the fields' faults: why a password is too weak. */
  get reasons(): string[] {
    return (this.body.errors ?? []).map(({ code }) => code);
  }
  /** The code of the fault of this field. */
  reasonOf(field: string): string | undefined {
    return this.body.errors?.find((error) => error.field === field)?.code;
  }
  /** The challenge that goes on although its message could not leave (`delivery.failed`). */
  get challenge(): Challenge | undefined {
    return this.body.challenge;
  }
  /** Where the application whose request is over begins anew (`interaction.expired`). */
  get initiateLoginUri(): string | undefined {
    return this.body.initiateLoginUri ?? undefined;
  }
  /** When trying again makes sense, in milliseconds by this computer's clock. */
  get retryAt(): number | null {
    const seconds = this.body.retryAfterSeconds;
    return seconds === undefined ? null : this.receivedAt + seconds * 1_000;
  }
  /** By the clock, not by what a count-down shows: two of them never turn at the same instant. */
  get tooSoon(): boolean {
    return Date.now() < (this.retryAt ?? 0);
  }
}

/** Reads what the generated client gives as `error`: a problem document, some proxy's page, or a network failure. */
export function toProblem(error: unknown): ApiProblem {
  const body = error as Partial<Problem> | undefined;
  if (typeof body?.code === 'string' && typeof body.status === 'number')
    return new ApiProblem(body.code, body);
  return new ApiProblem('unreachable');
}
