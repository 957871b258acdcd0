import { Inject, Injectable } from '@nestjs/common';
import { Clock, Random, SECOND } from '@portillon/kernel';
import { generateURI, ScureBase32Plugin, verifySync } from 'otplib';
import { PASSKEY_OPTIONS, type PasskeyOptions } from '../passkey.options';

/** As long as the hash of RFC 4226, 4 is wide; more gives no more. */
const SECRET_BYTES = 20;
/** The code of the step before or after is taken too: phones go fast or slow (RFC 6238, 5.2 and 6). */
const TOLERANCE_SECONDS = 30;

/** The codes of RFC 6238 with what every app knows: SHA-1, six digits, 30 seconds. */
@Injectable()
export class TotpCodeService {
  readonly #base32 = new ScureBase32Plugin();

  constructor(
    private readonly clock: Clock,
    private readonly random: Random,
    @Inject(PASSKEY_OPTIONS) private readonly options: PasskeyOptions,
  ) {}

  /** A new secret, in base32. */
  secret(): string {
    return this.#base32.encode(this.random.bytes(SECRET_BYTES));
  }

  /** What an app reads from the QR code. */
  uri(secret: string, username: string): string {
    return generateURI({ issuer: this.options.rpName, label: username, secret });
  }

  /** The step whose code this is, after the step `last`; nothing when it is none. Constant-time. */
  stepOf(secret: string, code: string, last?: number): number | undefined {
    const epoch = Math.floor(this.clock.now().getTime() / SECOND);
    try {
      const token = { secret, token: code, epoch, epochTolerance: TOLERANCE_SECONDS };
      const checked = verifySync({ ...token, ...(last === undefined ? {} : { afterTimeStep: last }) });
      return checked.valid && 'timeStep' in checked ? checked.timeStep : undefined;
    } catch {
      // The library throws for what is no code, and when the clock stands before the last step: it revives nothing.
      return undefined;
    }
  }
}
