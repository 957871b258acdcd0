import { Injectable } from '@nestjs/common';
import { Clock } from '@portillon/kernel';
import { type EntityManager, IsNull, Not } from 'typeorm';
import { wrongFields } from '../account/account-fields.policy';
import type { NameParts } from '../account/account-name.policy';
import { AccountRepository } from '../account/account.repository';
import type { IdentityMethod } from './identity.types';

/** Records how, when and by whom the identity of an account holder was verified. */
@Injectable()
export class IdentityVerificationService {
  constructor(
    private readonly rows: AccountRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * Records that the account holder proved the account's national id. The version does not change: no one edited the
   * account.
   */
  async recordVerified(
    id: string,
    nationalId: string,
    method: Exclude<IdentityMethod, 'face-to-face'>,
    tx: EntityManager,
  ): Promise<boolean> {
    return this.rows.note(id, { nationalId }, this.#verified(method, null), tx);
  }

  /** Sets the names that were stated with it, where the account has none and they are valid. */
  async recordNames(id: string, names: NameParts, tx: EntityManager): Promise<void> {
    const nameless = { givenName: IsNull(), familyName: IsNull() };
    if (wrongFields(names).length === 0) await this.rows.note(id, nameless, names, tx);
  }

  /** Records that an administrator verified the person face to face. Returns false for a closed account. */
  attest(id: string, by: string, tx: EntityManager): Promise<boolean> {
    return this.rows.change(id, { status: Not('DEACTIVATED') }, this.#verified('face-to-face', by), tx);
  }

  #verified(identityMethod: IdentityMethod, identityVerifiedBy: string | null) {
    return { identityMethod, identityVerifiedBy, identityVerifiedAt: this.clock.now() };
  }
}
