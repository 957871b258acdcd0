import { Keyring, SystemRandom } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import { SettableClock, TestDatabase } from '@portillon/testing';
import type { DataSource } from 'typeorm';
import { OtpAttemptService } from '../otp-attempt.service';
import { OtpChallengeEntity } from '../otp-challenge.entity';
import { OtpChallengeRepository } from '../otp-challenge.repository';
import { OtpSubjectEntity, OtpSubjectRepository } from '../otp-subject.repository';
import { OtpCodeService } from '../otp-code.service';
import { OtpOptions, OtpPolicy } from '../otp.policy';
import { OtpService } from '../otp.service';
import type { OtpChallenge, OtpRequest } from '../otp.types';
import { UnansweredCodeService } from '../unanswered-code.service';

declare module '@portillon/otp' {
  interface OtpPurposes {
    specs: 'sign-in' | 'session';
  }
}

export const OLD_KEY = { id: 'old', secret: Buffer.alloc(32, 1) };
export const NEW_KEY = { id: 'new', secret: Buffer.alloc(32, 2) };

interface Parts {
  options?: OtpOptions;
  keyring?: Keyring;
  clock?: SettableClock;
}

let latestCode = 482_912;

/** Codes that follow one another: of two random ones of six digits, one in a million is the same. */
function distinctCodes(clock: SettableClock): SystemRandom {
  const random = new SystemRandom(clock);
  random.digits = (length) => String(++latestCode).padStart(length, '0');
  return random;
}

/** The service as the module puts it together, on the given database. */
export function otpOn(dataSource: DataSource, parts: Parts = {}): OtpService {
  const clock = parts.clock ?? new SettableClock();
  const policy = new OtpPolicy(parts.options);
  const keyring = parts.keyring ?? new Keyring([OLD_KEY]);
  const codes = new OtpCodeService(clock, distinctCodes(clock), keyring, policy);
  return new OtpService(
    new Transactions(dataSource),
    new OtpChallengeRepository(dataSource.getRepository(OtpChallengeEntity)),
    new OtpSubjectRepository(dataSource.getRepository(OtpSubjectEntity)),
    codes,
    policy,
    clock,
  );
}

/** The unanswered codes, as the module puts their service together. */
export function unansweredOn(dataSource: DataSource, clock: SettableClock): UnansweredCodeService {
  const challenges = new OtpChallengeRepository(dataSource.getRepository(OtpChallengeEntity));
  const keyring = new Keyring([OLD_KEY]);
  const codes = new OtpCodeService(clock, new SystemRandom(clock), keyring, new OtpPolicy());
  return new UnansweredCodeService(challenges, codes, clock);
}

/** The count of attempts at other codes, as the module puts it together. */
export function attemptsOn(dataSource: DataSource, clock: SettableClock): OtpAttemptService {
  const subjects = new OtpSubjectRepository(dataSource.getRepository(OtpSubjectEntity));
  return new OtpAttemptService(subjects, new OtpPolicy(), clock);
}

/** A person who wants a code to sign in, by mail. */
export function signInRequest(changes: Partial<OtpRequest> = {}): OtpRequest {
  return {
    purpose: 'sign-in',
    subjectId: 'claire',
    binding: 'sign-in-1',
    channel: 'EMAIL',
    destination: 'claire.martin@hopital.example',
    destinationHint: 'c•••@hopital.example',
    ...changes,
  };
}

/** A person at her keyboard: asks, types right and wrong, uses. */
export class Person {
  constructor(
    private readonly testDatabase: TestDatabase,
    readonly otp: OtpService,
    readonly request: OtpRequest = signInRequest(),
  ) {}

  ask(changes: Partial<OtpRequest> = {}) {
    return this.testDatabase.transactions.run((tx) => this.otp.issue({ ...this.request, ...changes }, tx));
  }

  async receive(changes: Partial<OtpRequest> = {}): Promise<{ challenge: OtpChallenge; code: string }> {
    const issued = await this.ask(changes);
    if (issued.status !== 'issued') throw new Error(`No code was issued: ${issued.status}`);
    return issued;
  }

  type(code: string, changes: Partial<OtpRequest> = {}) {
    const { purpose, binding } = { ...this.request, ...changes };
    return this.otp.check({ purpose, binding, code });
  }

  use(challengeId: string) {
    const { subjectId } = this.request;
    return this.testDatabase.transactions.run((tx) => this.otp.consume({ challengeId, subjectId }, tx));
  }
}

/** A code of the same length that is not `code`. */
export function wrong(code: string): string {
  return code.replace(/^./, (digit) => String((Number(digit) + 1) % 10));
}

/** An empty database, its clock, the service on it, and the person who requests codes. */
export async function afresh(testDatabase: TestDatabase) {
  await testDatabase.empty();
  const clock = new SettableClock();
  const otp = otpOn(testDatabase.dataSource, { clock });
  return { clock, otp, claire: new Person(testDatabase, otp) };
}
