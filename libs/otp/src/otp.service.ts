import { Injectable } from '@nestjs/common';
import { AppError, Clock, shift } from '@portillon/kernel';
import { Database } from '@portillon/persistence';
import type { EntityManager } from 'typeorm';
import { JudgedRow, OtpChallengeRepository } from './otp-challenge.repository';
import { attemptsLeft, toChallenge } from './otp-challenge.view';
import { OtpCodeService, OtpRound } from './otp-code.service';
import { isOver, lockOf } from './otp-lock.policy';
import { OtpPolicy } from './otp.policy';
import type {
  CodeCheck,
  CodeIssue,
  OtpChallenge,
  OtpLock,
  OtpPurpose,
  OtpRequest,
  OtpSubmission,
} from './otp.types';
import { nextSend } from './resend.policy';

const FIRST: OtpRound = { round: 1, sends: 1 };
/** More attempts at once than that on one person's codes are no person's. */
const TURNS = 32;
const BUSY_SECONDS = 1;

/**
 * One-time codes: issued, counted, compared, consumed.
 * It knows neither what carries a code nor what the code opens.
 */
@Injectable()
export class OtpService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly policy: OtpPolicy,
    private readonly codes: OtpCodeService,
    private readonly challenges: OtpChallengeRepository,
  ) {}

  /**
   * Makes a code and voids the earlier one of the same purpose and binding. The code is given once, to be sent.
   * A code by the other channel need not wait; one by the same channel waits, twice as long each time.
   */
  async issue(request: OtpRequest, tx: EntityManager): Promise<CodeIssue> {
    return (await this.#insert(request, FIRST, tx)) ?? this.#issueWithCare(request, tx);
  }

  /** The latest challenge of the binding, unless it has ended or its life is over. */
  async current(purpose: OtpPurpose, binding: string): Promise<OtpChallenge | undefined> {
    const row = await this.challenges.latest(purpose, binding);
    if (row?.state !== 'OPEN' || isOver(row, this.clock.now())) return undefined;
    return toChallenge(row, this.policy);
  }

  /**
   * Counts the attempt on the challenge and on its person, and only then compares, in constant time, with the very
   * challenge that was counted. Consumes nothing: {@link consume} does.
   *
   * @throws AppError `service.busy` when too many attempts at once get in each other's way.
   */
  async check({ purpose, binding, code }: OtpSubmission): Promise<CodeCheck> {
    for (let turn = 0; turn < TURNS; turn++) {
      const row = await this.challenges.judged(purpose, binding);
      if (!row) return { status: 'none' };
      const refusal = await this.#refusal(row);
      if (refusal) return refusal;
      const counted = await this.#count(row);
      if (counted) return this.#compare(counted, code);
    }
    const detail = 'too many codes tried at once';
    throw new AppError('service.busy', 'busy', { detail, retryAfterSeconds: BUSY_SECONDS });
  }

  /**
   * Uses an accepted challenge up and forgets its person's failures: `true` for exactly one caller.
   * A challenge that nobody tried a code against is never consumed.
   */
  consume(challengeId: string, tx: EntityManager): Promise<boolean> {
    return this.challenges.use(challengeId, this.clock.now(), tx);
  }

  /** The message did not leave: another code by the same channel need not wait. */
  allowResend(challengeId: string): Promise<void> {
    return this.challenges.endWait(challengeId, this.database.manager);
  }

  /** Voids every open challenge of the person: for a change of address or number, a deactivation. */
  voidAll(subjectId: string, tx: EntityManager): Promise<void> {
    return this.challenges.voidAll(subjectId, this.clock.now(), tx);
  }

  /** Whether and until when the person's code step is locked; `retryAt` null: until an administrator reopens it. */
  async lockOf(subjectId: string): Promise<OtpLock | undefined> {
    const subject = await this.challenges.subject(subjectId);
    return subject && lockOf(subject, this.policy, this.clock.now());
  }

  /** Ends the lock of the person's code step, and forgets the failures that led to it. */
  unlock(subjectId: string, at: EntityManager = this.database.manager): Promise<void> {
    return this.challenges.forgive(subjectId, at);
  }

  /** Deletes up to `batch` challenges whose time of keeping is over: how many. */
  purge(batch: number): Promise<number> {
    const { lifeMs, retentionMs } = this.policy.options;
    return this.challenges.deleteSentBefore(shift(this.clock.now(), -lifeMs - retentionMs), batch);
  }

  async #insert(request: OtpRequest, round: OtpRound, tx: EntityManager): Promise<CodeIssue | undefined> {
    const { row, code } = this.codes.generate(request, round);
    if (!(await this.challenges.insert(row, this.policy.options.failuresInAll, tx))) return undefined;
    return { status: 'issued', challenge: toChallenge(row, this.policy), code };
  }

  /** The binding had a code before, or the person is locked or has never had one. */
  async #issueWithCare(request: OtpRequest, tx: EntityManager): Promise<CodeIssue> {
    const now = this.clock.now();
    const known = await this.challenges.known(request, tx);
    if (!known) await this.challenges.addSubject(request.subjectId, tx);
    const lock = known && lockOf(known, this.policy, now);
    if (lock) return lock;
    const next = nextSend(known?.past ?? [], request.channel);
    if (next.availableAt && next.availableAt > now) return { status: 'too-soon', retryAt: next.availableAt };
    if (next.openId) await this.challenges.end(next.openId, 'REPLACED', now, tx);
    return (await this.#insert(request, next, tx)) ?? this.#tooSoon(request, next, now);
  }

  /** A twin of the request came first. */
  #tooSoon({ channel }: OtpRequest, { sends }: OtpRound, now: Date): CodeIssue {
    return { status: 'too-soon', retryAt: shift(now, this.policy.resendDelay(channel, sends)) };
  }

  async #refusal(
    row: JudgedRow,
  ): Promise<Exclude<CodeCheck, { status: 'accepted' | 'rejected' }> | undefined> {
    const now = this.clock.now();
    const lock = lockOf(row, this.policy, now);
    if (lock) return lock;
    if (row.state === 'EXPIRED') return { status: 'expired', channel: row.channel };
    if (row.state !== 'OPEN') return { status: 'none' };
    if (isOver(row, now)) return this.#expire(row, now);
    if (row.tries < this.policy.options.triesPerCode) return undefined;
    return { status: 'exhausted', channel: row.channel };
  }

  /** Written down, so that a clock which steps back does not revive it. */
  async #expire(row: JudgedRow, now: Date): Promise<Extract<CodeCheck, { status: 'expired' }>> {
    await this.challenges.end(row.id, 'EXPIRED', now, this.database.manager);
    return { status: 'expired', channel: row.channel };
  }

  /** The row as it stands after the count, or nothing when another attempt came first. */
  async #count(row: JudgedRow): Promise<JudgedRow | undefined> {
    const now = this.clock.now();
    const counted = this.#counted(row, now);
    return (await this.challenges.count(row, counted.lockedUntilAt, now)) ? counted : undefined;
  }

  #counted(row: JudgedRow, now: Date): JudgedRow {
    const failures = row.failures + 1;
    const lockedUntilAt = this.policy.lockAfter(failures, now) ?? row.lockedUntilAt;
    return { ...row, tries: row.tries + 1, failures, lockedUntilAt };
  }

  #compare(row: JudgedRow, code: string): CodeCheck {
    const { channel, sentAt } = row;
    if (this.codes.matches(row, code)) return { status: 'accepted', challengeId: row.id, channel, sentAt };
    const lock = lockOf(row, this.policy, this.clock.now());
    return lock
      ? { ...lock, fresh: true }
      : { status: 'rejected', attemptsLeft: attemptsLeft(row, this.policy), channel };
  }
}
