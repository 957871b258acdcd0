import { Injectable } from '@nestjs/common';
import { Clock } from '@portillon/kernel';
import { type EntityManager, Not } from 'typeorm';
import { AccountRepository } from '../account/account.repository';
import type { IdentityMethod } from './identity.types';

/** How, when and by whom the identity of an account's person was verified. */
@Injectable()
export class IdentityVerificationService {
  constructor(
    private readonly rows: AccountRepository,
    private readonly clock: Clock,
  ) {}

  /** The person proved a national id, which the account has: nobody changed the account, its version stays. */
  async noteProven(
    id: string,
    nationalId: string,
    method: Exclude<IdentityMethod, 'face-to-face'>,
    tx: EntityManager,
  ): Promise<boolean> {
    return this.rows.note(id, { nationalId }, this.#verified(method, null), tx);
  }

  /** An administrator recognised the person. False for a closed account, which has no person to recognise. */
  attest(id: string, by: string, tx: EntityManager): Promise<boolean> {
    return this.rows.change(id, { status: Not('DEACTIVATED') }, this.#verified('face-to-face', by), tx);
  }

  #verified(identityMethod: IdentityMethod, identityVerifiedBy: string | null) {
    return { identityMethod, identityVerifiedBy, identityVerifiedAt: this.clock.now() };
  }
}
