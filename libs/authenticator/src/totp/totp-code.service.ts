import { Inject, Injectable } from '@nestjs/common';
import { Clock, Keyring, Random, SECOND } from '@portillon/kernel';
import { generateURI, ScureBase32Plugin, verifySync } from 'otplib';
import { PASSKEY_OPTIONS, type PasskeyOptions } from '../passkey.options';
import type { TotpEntity } from './totp.repository';

const PURPOSE = 'totp-secret';
/** As long as the hash of RFC 4226, 4; more adds nothing. */
const SECRET_BYTES = 20;
/** The codes of the previous and the next step are accepted too, since phone clocks differ (RFC 6238, 5.2 and 6). */
const TOLERANCE_SECONDS = 30;

/** Codes of RFC 6238 with the parameters that every app supports: SHA-1, six digits, 30 seconds. It stores their secrets encrypted. */
@Injectable()
export class TotpCodeService {
  readonly #base32 = new ScureBase32Plugin();

  constructor(
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly keyring: Keyring,
    @Inject(PASSKEY_OPTIONS) private readonly options: PasskeyOptions,
  ) {}

  /** Makes a secret, in base32. */
  secret(): string {
    return this.#base32.encode(this.random.bytes(SECRET_BYTES));
  }

  /** The content of the QR code. */
  uri(secret: string, username: string): string {
    return generateURI({ issuer: this.options.rpName, label: username, secret });
  }

  /** Returns the step of the code if it is valid and after the step `last`; otherwise nothing. Constant-time. */
  stepOf(secret: string, code: string, last?: number): number | undefined {
    const epoch = Math.floor(this.clock.now().getTime() / SECOND);
    try {
      const token = { secret, token: code, epoch, epochTolerance: TOLERANCE_SECONDS };
      const checked = verifySync({ ...token, ...(last === undefined ? {} : { afterTimeStep: last }) });
      return checked.valid && 'timeStep' in checked ? checked.timeStep : undefined;
    } catch {
      // The library throws for a malformed code, and when the clock is before the last step: old codes stay invalid.
      return undefined;
    }
  }

  /** Encrypts a secret for storage, bound to the account, so that a copied row is useless for another. */
  seal(accountId: string, secret: string): string {
    return this.keyring.seal(PURPOSE, `${accountId} ${secret}`, this.random);
  }

  /** Decrypts the secret; nothing when this instance lacks the key, or the row was altered. */
  open({ accountId, secretSealed }: Pick<TotpEntity, 'accountId' | 'secretSealed'>): string | undefined {
    try {
      const [owner, secret] = this.keyring.open(PURPOSE, secretSealed).split(' ');
      return owner === accountId ? secret : undefined;
    } catch {
      return undefined;
    }
  }
}
