import { Injectable } from '@nestjs/common';
import { FactorResetService } from '@portillon/access';
import { Account, AccountAdministrationService, ErasureGround } from '@portillon/account';
import { AuditService } from '@portillon/audit';
import type { EntityManager } from 'typeorm';
import { ActCause, entryOf } from '../act-cause';
import { PersonalDataRegistry } from '../personal-data.registry';

/**
 * `changed`: the ground no longer holds, and the caller rolls back. `last-administrator`: no other active national
 * administrator would be left.
 */
export type ErasureResult = 'erased' | 'changed' | 'last-administrator';

/** Erases a person: the one path of every erasure, whatever its ground. Afterwards the account names its holder no more. */
@Injectable()
export class ErasureService {
  constructor(
    private readonly administration: AccountAdministrationService,
    private readonly factorReset: FactorResetService,
    private readonly registry: PersonalDataRegistry,
    private readonly audit: AuditService,
  ) {}

  async erase(
    account: Account,
    ground: ErasureGround,
    cause: ActCause,
    tx: EntityManager,
  ): Promise<ErasureResult> {
    if (!(await this.administration.staysNational(account.id, tx))) return 'last-administrator';
    if (!(await this.administration.erase(account.id, ground, tx))) return 'changed';
    await this.factorReset.endAll(account.id, 'erased', tx);
    await this.registry.erase(account, tx);
    await this.audit.record(entryOf('user_deleted', account, cause), tx);
    return 'erased';
  }
}
