import { Injectable } from '@nestjs/common';
import { Clock, Keyring, Random, shift } from '@portillon/kernel';
import type { OtpChallengeEntity } from './otp-challenge.entity';
import { OtpPolicy } from './otp.policy';
import type { OtpChannel, OtpRequest } from './otp.types';

/** Consonants and digits that nobody takes for another, and that spell no word. */
const REFERENCE_LETTERS = 'CFHJKMNPRTWXY3479';
const REFERENCE_LENGTH = 4;
const DESTINATION = 'otp.destination';

/** Which code of its binding it is. */
export interface OtpRound {
  round: number;
  sends: number;
}

/** What the digest of a code covers, and the digest. */
type Coded = Pick<
  OtpChallengeEntity,
  'purpose' | 'id' | 'subjectId' | 'binding' | 'destinationDigest' | 'codeDigest'
>;

/** Makes codes and their keyed digests, and compares. */
@Injectable()
export class OtpCodeService {
  constructor(
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly keyring: Keyring,
    private readonly policy: OtpPolicy,
  ) {}

  /** A new code, and the row that remembers it without holding it. */
  generate(request: OtpRequest, { round, sends }: OtpRound): { row: OtpChallengeEntity; code: string } {
    const { destination, ...shown } = request;
    const { digits, lifeMs } = this.policy.options;
    const code = this.random.digits(digits);
    const sentAt = this.clock.now();
    const row: Omit<OtpChallengeEntity, 'codeDigest'> = {
      ...shown,
      context: request.context ?? null,
      id: this.random.id(),
      round,
      sends,
      destinationDigest: this.keyring.digest(DESTINATION, [request.channel, destination]),
      codeLength: digits,
      reference: this.#reference(),
      sentAt,
      expiresAt: shift(sentAt, lifeMs),
      resendAvailableAt: shift(sentAt, this.policy.resendDelay(request.channel, sends)),
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

  /** Whether this instance has the key that the code was made with. */
  canCompare({ codeDigest }: Pick<OtpChallengeEntity, 'codeDigest'>): boolean {
    return this.keyring.has(codeDigest.slice(0, codeDigest.lastIndexOf('.')));
  }

  /** Whether the digest is that of this address or number. */
  isDestination(digest: string, channel: OtpChannel, destination: string): boolean {
    return this.keyring.matches(digest, DESTINATION, [channel, destination]);
  }

  #reference(): string {
    const letters = [...this.random.bytes(REFERENCE_LENGTH)];
    return letters.map((byte) => REFERENCE_LETTERS[byte % REFERENCE_LETTERS.length]).join('');
  }
}

/** Everything that the code is good for: a row altered in the database fits its digest no more. */
function partsOf(row: Omit<Coded, 'codeDigest'>, code: string): string[] {
  return [row.purpose, row.id, row.subjectId, row.binding, row.destinationDigest, code];
}
