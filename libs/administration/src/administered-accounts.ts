import { Injectable } from '@nestjs/common';
import { Account, Accounts } from '@portillon/account';
import { audited, personOf } from '@portillon/auth';
import { Audit } from '@portillon/audit';
import type { Client } from '@portillon/http';
import { AppError } from '@portillon/kernel';
import type { Session } from '@portillon/session';
import type { Scope } from './rights';

/** Who acts, on what they reach, from where. */
export interface Administrator {
  session: Session;
  scope: Scope;
  client: Client;
}

/** The accounts within an administrator's reach: what is beyond looks exactly like what does not exist. */
@Injectable()
export class AdministeredAccounts {
  constructor(
    private readonly accounts: Accounts,
    private readonly audit: Audit,
  ) {}

  /** @throws AppError `not-found`, and the journal says so when there is such an account in another structure. */
  async get(administrator: Administrator, id: string): Promise<Account> {
    const account = await this.accounts.get(id);
    if (account && reaches(administrator.scope, account.structure?.id ?? null)) return account;
    if (account) await this.#tell(administrator, account);
    throw new AppError('not-found', 'not-found');
  }

  async #tell({ session, client }: Administrator, account: Account): Promise<void> {
    const data = { account: account.id, structure: account.structure?.id ?? null };
    const event = { name: 'authz_fail', outcome: 'FAILURE', reason: 'other structure', data } as const;
    await this.audit.record(audited(client, personOf(session), event));
  }
}

/** Whether something of this structure, or of none, is within the scope. */
export function reaches(scope: Scope, structureId: string | null): boolean {
  return scope.structureId === null || scope.structureId === structureId;
}
