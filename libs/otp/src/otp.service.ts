import { Injectable } from '@nestjs/common';
import { AppError, Channel, Clock, addMilliseconds } from '@portillon/kernel';
import { optimisticRetry, Transactions } from '@portillon/persistence';
import type { EntityManager } from 'typeorm';
import { attemptsLeft, toChallenge } from './otp-challenge.entity';
import type { OtpChallengeEntity } from './otp-challenge.entity';
import { OtpChallengeRepository } from './otp-challenge.repository';
import { OtpCodeService } from './otp-code.service';
import { OtpSubjectRepository } from './otp-subject.repository';
import type { OtpSubjectEntity } from './otp-subject.repository';
import { isOfFuture, lockOf, withoutAttempt, nextSend, OtpPolicy } from './otp.policy';
import type {
  CodeAccepted,
  CodeCheck,
  CodeIssue,
  OtpChallenge,
  OtpLock,
  OtpRequest,
  OtpSubmission,
  OtpPurpose,
} from './otp.types';

/** A challenge and its subject, as they were read. */
interface SubjectState {
  challenge: OtpChallengeEntity;
  subject: OtpSubjectEntity;
}

type Refusal = Exclude<CodeCheck, { status: 'accepted' | 'rejected' }>;

const BUSY_SECONDS = 1;

/** Issues, counts, compares and consumes one-time codes. The caller sends the code and defines what it allows. */
@Injectable()
export class OtpService {
  constructor(
    private readonly transactions: Transactions,
    private readonly challenges: OtpChallengeRepository,
    private readonly subjects: OtpSubjectRepository,
    private readonly codes: OtpCodeService,
    private readonly policy: OtpPolicy,
    private readonly clock: Clock,
  ) {}

  /**
   * Makes a code and voids the earlier one of the same purpose and binding. The code is returned once, to be sent. A
   * code by another channel may follow at once; by the same channel only after a delay, which doubles each time.
   */
  async issue(request: OtpRequest, tx: EntityManager): Promise<CodeIssue> {
    const now = this.clock.now();
    const subject = await this.subjects.findOrAdd(request.subjectId, tx);
    const lock = lockOf(subject, this.policy, now);
    if (lock) return lock;
    const past = request.isFirst ? [] : await this.challenges.findPast(request.purpose, request.binding, tx);
    const next = nextSend(past, request.channel);
    if (next.availableAt && next.availableAt > now) return { status: 'too-soon', retryAt: next.availableAt };
    if (next.openId) await this.challenges.end(next.openId, 'REPLACED', now, tx);
    const { row, code } = this.codes.generate(request, next);
    if (await this.challenges.insert(row, tx))
      return { status: 'issued', challenge: toChallenge(row, this.policy), code, replaces: next.openId };
    // A concurrent request for this binding came first.
    return {
      status: 'too-soon',
      retryAt: addMilliseconds(now, this.policy.resendDelay(request.channel, next.sends)),
    };
  }

  /** Returns the latest challenge of the binding, unless it has ended or expired. */
  async current(purpose: OtpPurpose, binding: string): Promise<OtpChallenge | undefined> {
    const challenge = await this.challenges.findLatest(purpose, binding);
    if (challenge?.state !== 'OPEN' || challenge.expiresAt <= this.clock.now()) return undefined;
    return toChallenge(challenge, this.policy);
  }

  /** Returns the id of the latest challenge of the binding, in whatever state. */
  latestId(purpose: OtpPurpose, binding: string): Promise<string | undefined> {
    return this.challenges.findLatestId(purpose, binding);
  }

  /**
   * Counts the attempt on the challenge and on its subject, commits, and only then compares, in constant time, with
   * the very challenge that was counted. Consumes nothing: {@link consume} does.
   *
   * @throws AppError `service.busy` when too many concurrent attempts conflict, when this instance lacks the key of
   * the code, or when the code was sent in the future of its clock. Such an attempt is not counted.
   */
  check(submission: OtpSubmission): Promise<CodeCheck> {
    return optimisticRetry(() => this.#tryCheck(submission), 'too many codes tried at once');
  }

  /**
   * Consumes an accepted challenge and resets the subject's failures. Returns `true` for exactly one caller. A
   * challenge against which no code was tried is never consumed.
   */
  async consume(
    { challengeId, subjectId }: Pick<CodeAccepted, 'challengeId' | 'subjectId'>,
    tx: EntityManager,
  ): Promise<boolean> {
    if (!(await this.challenges.use(challengeId, this.clock.now(), tx))) return false;
    await this.subjects.forgive(subjectId, tx);
    return true;
  }

  /** Takes the attempt of an accepted code back when the action that it allows failed. The code stays valid. */
  async refund(accepted: Pick<CodeAccepted, 'challengeId' | 'subjectId'>): Promise<void> {
    const turn = () => this.transactions.runOrRollBack((tx) => this.#tryGiveBack(accepted, tx));
    await optimisticRetry(turn, 'too many codes tried at once');
  }

  /** Whether the code was sent to this very address or number: it proves no other. */
  isSentTo(code: Pick<CodeAccepted, 'destinationDigest'>, channel: Channel, destination: string): boolean {
    return this.codes.isDestination(code.destinationDigest, channel, destination);
  }

  /**
   * Records that the message did not leave: another code by the same channel may follow at once, and limits ignore
   * this one.
   */
  allowResend(challengeId: string): Promise<void> {
    return this.challenges.forgetSending(challengeId, this.clock.now());
  }

  /** Voids every open challenge of the person, after a change of address or number or a deactivation. */
  voidAll(subjectId: string, tx: EntityManager): Promise<void> {
    return this.challenges.voidAll(subjectId, this.clock.now(), tx);
  }

  /** Returns the lock of the person's code step, if any. `retryAt` is null when only an administrator can unlock. */
  async lockOf(subjectId: string): Promise<OtpLock | undefined> {
    const subject = await this.subjects.find(subjectId);
    return subject ? lockOf(subject, this.policy, this.clock.now()) : undefined;
  }

  /** Returns the locks of these people, by id. One statement. */
  async lockedAmong(subjectIds: readonly string[]): Promise<Map<string, OtpLock>> {
    const known = subjectIds.length === 0 ? [] : await this.subjects.findAll(subjectIds);
    const now = this.clock.now();
    const locks = known.map((subject) => [subject.id, lockOf(subject, this.policy, now)] as const);
    return new Map(locks.filter((one): one is [string, OtpLock] => one[1] !== undefined));
  }

  /** Ids of people whose code step is locked, at most `limit`. */
  async locked(limit: number): Promise<string[]> {
    const { failuresInAll } = this.policy.options;
    const subjects = await this.subjects.findLocked(this.clock.now(), failuresInAll, limit);
    return subjects.map(({ id }) => id);
  }

  /** Unlocks the person's code step and resets their failures. */
  unlock(subjectId: string, tx?: EntityManager): Promise<void> {
    return this.subjects.forgive(subjectId, tx);
  }

  /** Deletes up to `batch` challenges whose retention is over. Returns how many. */
  purge(batch: number): Promise<number> {
    const { lifeMs, retentionMs } = this.policy.options;
    return this.challenges.deleteSentBefore(addMilliseconds(this.clock.now(), -lifeMs - retentionMs), batch);
  }

  /** Returns nothing when another attempt was counted first. */
  async #tryCheck({ purpose, binding, code }: OtpSubmission): Promise<CodeCheck | undefined> {
    const standing = await this.#stateOf(purpose, binding);
    if (!standing) return { status: 'none' };
    const refusal = await this.#refusal(standing);
    if (refusal) return refusal;
    const counted = await this.#countAttempt(standing);
    return counted && this.#compare(counted, code);
  }

  async #stateOf(purpose: OtpPurpose, binding: string): Promise<SubjectState | undefined> {
    const challenge = await this.challenges.findLatestWithSubject(purpose, binding);
    return challenge?.subject ? { challenge, subject: challenge.subject } : undefined;
  }

  async #refusal({ challenge, subject }: SubjectState): Promise<Refusal | undefined> {
    const now = this.clock.now();
    const { channel, state, tries, expiresAt } = challenge;
    const lock = lockOf(subject, this.policy, now);
    if (lock) return lock;
    if (state === 'EXPIRED') return { status: 'expired', channel };
    if (state !== 'OPEN') return { status: 'none' };
    if (expiresAt <= now) return this.#expire(challenge, now);
    // It is not marked as ended: servers with a right clock still accept it.
    if (isOfFuture(challenge, now))
      throw busy('the code was sent in the future of this server: see its clock');
    if (tries >= this.policy.options.triesPerCode) return { status: 'exhausted', channel };
    if (!this.codes.canCompare(challenge)) throw busy('the code was made with a key that is not in the ring');
    return undefined;
  }

  /** Stores the expiry, so that a clock that steps back does not revive the code. */
  async #expire({ id, channel }: OtpChallengeEntity, now: Date): Promise<Refusal> {
    await this.challenges.end(id, 'EXPIRED', now);
    return { status: 'expired', channel };
  }

  /**
   * Counts the attempt on both in one commit. Returns the state after it, or nothing when another attempt was counted
   * first.
   */
  async #countAttempt({ challenge, subject }: SubjectState): Promise<SubjectState | undefined> {
    const now = this.clock.now();
    const failures = subject.failures + 1;
    const lockedUntilAt = this.policy.lockAfter(failures, now) ?? subject.lockedUntilAt;
    return this.transactions.runOrRollBack(async (tx) => {
      if (!(await this.challenges.takeAttempt(challenge, now, tx))) return undefined;
      if (!(await this.subjects.countAttempt(subject, lockedUntilAt, tx))) return undefined;
      return {
        challenge: { ...challenge, tries: challenge.tries + 1 },
        subject: { ...subject, failures, lockedUntilAt },
      };
    });
  }

  /** Returns nothing when another attempt was counted first. */
  async #tryGiveBack(
    { challengeId, subjectId }: Pick<CodeAccepted, 'challengeId' | 'subjectId'>,
    tx: EntityManager,
  ): Promise<true | undefined> {
    if (!(await this.challenges.refundAttempt(challengeId, tx))) return true;
    const subject = await this.subjects.find(subjectId, tx);
    if (!subject?.failures) return true;
    const counted = withoutAttempt(subject, this.policy, this.clock.now());
    return (await this.subjects.recount(subject, counted, tx)) || undefined;
  }

  #compare({ challenge, subject }: SubjectState, code: string): CodeCheck {
    if (this.codes.matches(challenge, code)) return acceptance(challenge);
    const lock = lockOf(subject, this.policy, this.clock.now());
    if (lock) return { ...lock, fresh: true };
    return {
      status: 'rejected',
      attemptsLeft: attemptsLeft(challenge, this.policy),
      channel: challenge.channel,
    };
  }
}

function acceptance(challenge: OtpChallengeEntity): CodeAccepted {
  const { id, subjectId, channel, sentAt, destinationDigest, context } = challenge;
  return { status: 'accepted', challengeId: id, subjectId, channel, sentAt, destinationDigest, context };
}

function busy(detail: string): AppError {
  return new AppError('service.busy', { detail, retryAfterSeconds: BUSY_SECONDS });
}
