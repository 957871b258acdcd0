import { Injectable } from '@nestjs/common';
import { Keyring, Random } from '@portillon/kernel';
import type { TotpEntity } from './totp.entity';

const PURPOSE = 'totp-secret';

/**
 * Encrypts an app's secret for storage. The account id is bound to it, so that a copied row is useless for another
 * account.
 */
@Injectable()
export class TotpSealService {
  constructor(
    private readonly keyring: Keyring,
    private readonly random: Random,
  ) {}

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
