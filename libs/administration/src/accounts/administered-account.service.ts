import { Injectable } from '@nestjs/common';
import { Account, AccountService } from '@portillon/account';
import { audited, personOf } from '@portillon/auth';
import { Reason, RefusalJournalService } from '@portillon/audit';
import { AppError } from '@portillon/kernel';
import type { Administrator } from '../administrator';
import type { Scope } from '../rights.guard';

export type { Administrator } from '../administrator';

/** The accounts within an administrator's reach: what is beyond looks exactly like what does not exist. */
@Injectable()
export class AdministeredAccountService {
  constructor(
    private readonly accounts: AccountService,
    private readonly refusals: RefusalJournalService,
  ) {}

  /**
   * @throws AppError `not-found`, and the journal says who tried: alike for an account of another structure and for one
   * that does not exist, because whoever tried may read it.
   */
  async get(administrator: Administrator, id: string): Promise<Account> {
    const account = await this.accounts.get(id);
    if (account && reaches(administrator.scope, account.structure?.id ?? null)) return account;
    if (administrator.scope.structureId !== null) await this.#tell(administrator, id);
    throw new AppError('not-found');
  }

  /**
   * As {@link get}, for an act on it: who reaches one structure touches no national administrator.
   * @throws AppError `not-found`, `permission.denied`
   */
  async touch(administrator: Administrator, id: string): Promise<Account> {
    const account = await this.get(administrator, id);
    if (administrator.scope.structureId === null || !account.roles.includes('national-admin')) return account;
    return this.deny(administrator, 'national-administrator', account);
  }

  /** Refuses and keeps it in the journal. @throws AppError `permission.denied` */
  async deny({ session, client }: Administrator, reason: Reason, account?: Account): Promise<never> {
    const data = account ? { account: account.id } : {};
    const event = { name: 'authz_fail', outcome: 'FAILURE', reason, data } as const;
    await this.refusals.record(audited(client, personOf(session), event));
    throw new AppError('permission.denied');
  }

  /** A structure beyond reach looks like one that does not exist; the journal says so. @throws AppError `not-found` */
  async denyStructure({ session, client }: Administrator, structure: string | null): Promise<never> {
    const event = {
      name: 'authz_fail',
      outcome: 'FAILURE',
      reason: 'other-structure',
      data: { structure },
    } as const;
    await this.refusals.record(audited(client, personOf(session), event));
    throw new AppError('not-found');
  }

  async #tell({ session, client }: Administrator, id: string): Promise<void> {
    const data = { account: id.slice(0, 64) };
    const event = { name: 'authz_fail', outcome: 'FAILURE', reason: 'other-structure', data } as const;
    await this.refusals.record(audited(client, personOf(session), event));
  }
}

/** Whether something of this structure, or of none, is within the scope. */
export function reaches(scope: Scope, structureId: string | null): boolean {
  return scope.structureId === null || scope.structureId === structureId;
}
