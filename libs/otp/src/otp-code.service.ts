import { Injectable } from '@nestjs/common';
import { Channel, Clock, Keyring, Random, addMilliseconds } from '@portillon/kernel';
import { In } from 'typeorm';
import type { OtpChallengeEntity } from './otp-challenge.entity';
import type { CountedChallenges } from './otp-challenge.repository';
import { OtpPolicy } from './otp.policy';
import type { OtpRequest, CodesBy } from './otp.types';

/** Consonants and digits that are hard to confuse and spell no word. */
const REFERENCE_LETTERS = 'CFHJKMNPRTWXY3479';
const REFERENCE_LENGTH = 4;
const DESTINATION = 'otp.destination';
const SOURCE = 'otp.source';
const PREFIX = 'otp.prefix';

/** Position of a code in its binding. */
export interface OtpRound {
  round: number;
  sends: number;
}

/** The digest of a code, and the columns that it covers. */
type Coded = Pick<
  OtpChallengeEntity,
  'purpose' | 'id' | 'subjectId' | 'binding' | 'destinationDigest' | 'codeDigest'
>;

/** Makes codes with their keyed digests, and compares them. */
@Injectable()
export class OtpCodeService {
  constructor(
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly keyring: Keyring,
    private readonly policy: OtpPolicy,
  ) {}

  /** Makes a code, and the row that stores its digest only. */
  generate(request: OtpRequest, { round, sends }: OtpRound): { row: OtpChallengeEntity; code: string } {
    const { purpose, subjectId, binding, channel, destination, destinationHint, source, prefix } = request;
    const { digits, lifeMs } = this.policy.options;
    const code = this.random.digits(digits);
    const sentAt = this.clock.now();
    const row: Omit<OtpChallengeEntity, 'codeDigest'> = {
      purpose,
      subjectId,
      binding,
      channel,
      destinationHint,
      context: request.context ?? null,
      id: this.random.id(),
      round,
      sends,
      destinationDigest: this.#destinationDigest(channel, destination),
      sourceDigest: source ? this.keyring.digest(SOURCE, [source]) : null,
      prefixDigest: prefix ? this.keyring.digest(PREFIX, [prefix]) : null,
      uncountedAt: null,
      codeLength: digits,
      reference: this.#reference(),
      sentAt,
      expiresAt: addMilliseconds(sentAt, lifeMs),
      resendAvailableAt: addMilliseconds(sentAt, this.policy.resendDelay(channel, sends)),
      tries: 0,
      state: 'OPEN',
      endedAt: null,
    };
    return { row: { ...row, codeDigest: this.keyring.digest('otp.code', partsOf(row, code)) }, code };
  }

  /** Whether `code` is the one of this challenge, by any key still in the ring. Constant-time. */
  matches(row: Coded, code: string): boolean {
    return this.keyring.matches(row.codeDigest, 'otp.code', partsOf(row, code));
  }

  /** Whether this instance has the key of the code's digest. */
  canCompare({ codeDigest }: Pick<OtpChallengeEntity, 'codeDigest'>): boolean {
    return this.keyring.has(codeDigest.slice(0, codeDigest.lastIndexOf('.')));
  }

  /** Whether the digest was made from this address or number. */
  isDestination(digest: string, channel: Channel, destination: string): boolean {
    return this.keyring.matches(digest, DESTINATION, [channel, destination]);
  }

  /** The same as columns of the row: keyed digests under the current key. */
  countedBy(by: CodesBy): CountedChallenges {
    if ('subjectId' in by) return { subjectId: by.subjectId, ...(by.all && { channel: by.all }) };
    if ('source' in by) return { sourceDigest: this.keyring.digest(SOURCE, [by.source]) };
    if ('prefix' in by) return { prefixDigest: this.keyring.digest(PREFIX, [by.prefix]) };
    const destinationDigest = this.#destinationDigest(by.channel, by.destination);
    return by.purposes ? { destinationDigest, purpose: In(by.purposes) } : { destinationDigest };
  }

  #destinationDigest(channel: Channel, destination: string): string {
    return this.keyring.digest(DESTINATION, [channel, destination]);
  }

  #reference(): string {
    const letters = [...this.random.bytes(REFERENCE_LENGTH)];
    return letters.map((byte) => REFERENCE_LETTERS[byte % REFERENCE_LETTERS.length]).join('');
  }
}

/** Parts of the digest: every column that limits the code, so that a row altered in the database fails the comparison. */
function partsOf(row: Omit<Coded, 'codeDigest'>, code: string): string[] {
  return [row.purpose, row.id, row.subjectId, row.binding, row.destinationDigest, code];
}
