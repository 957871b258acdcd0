import { Injectable, Logger } from '@nestjs/common';
import { Keyring, Random } from '@portillon/kernel';

const PURPOSE = 'account.phone';

/** `missing-key`: another instance may read it, so it stays. `unreadable`: altered, or copied from another account. */
export type OpenedPhone =
  { status: 'read'; number: string } | { status: 'missing-key'; keyId: string } | { status: 'unreadable' };

/** Encrypts mobile numbers with the deployment's keys. */
@Injectable()
export class PhoneSealService {
  readonly #logger = new Logger(PhoneSealService.name);

  constructor(
    private readonly keyring: Keyring,
    private readonly random: Random,
  ) {}

  /** Encrypts a number for its account: the result differs each time, and is unreadable in another account. */
  seal(accountId: string, e164: string): string {
    return this.keyring.seal(PURPOSE, `${accountId} ${e164}`, this.random);
  }

  open(accountId: string, sealed: string): OpenedPhone {
    const keyId = sealed.slice(0, sealed.lastIndexOf('.'));
    if (!this.keyring.has(keyId)) return this.#report(keyId);
    const number = this.#decrypt(accountId, sealed);
    return number === undefined ? { status: 'unreadable' } : { status: 'read', number };
  }

  #decrypt(accountId: string, sealed: string): string | undefined {
    try {
      const [owner, e164] = this.keyring.open(PURPOSE, sealed).split(' ');
      return owner === accountId ? e164 : undefined;
    } catch {
      return undefined;
    }
  }

  #report(keyId: string): OpenedPhone {
    if (!this.keyring.missing.has(keyId))
      this.#logger.warn(
        `mobile numbers are encrypted with key "${keyId}", which this ring lacks: left as they are`,
      );
    this.keyring.missing.add(keyId);
    return { status: 'missing-key', keyId };
  }
}
