import { audited, type AuditedAct, FactorResetService, holderOf } from '@portillon/access';
import {
  Account,
  AccountAdministrationService,
  ErasureGround,
  ErasureRequest,
  isPastDay,
} from '@portillon/account';
import { type AuditEvent, AuditService } from '@portillon/audit';
import type { Client } from '@portillon/http';
import { Injectable } from '@nestjs/common';
import { Clock } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import type { Session } from '@portillon/session';
import type { EntityManager } from 'typeorm';
import { PersonalDataRegistry } from '../personal-data.registry';

/**
 * `changed`: the ground no longer holds, and the caller rolls back. `last-administrator`: no other active national
 * administrator would be left.
 */
export type ErasureResult = 'erased' | 'changed' | 'last-administrator';

/**
 * Erases a person: the one path of every erasure, whatever its ground. Afterwards the account names its holder no more.
 * Stores the account holder's own request, too, which an administrator confirms.
 */
@Injectable()
export class ErasureService {
  constructor(
    private readonly administration: AccountAdministrationService,
    private readonly factorReset: FactorResetService,
    private readonly registry: PersonalDataRegistry,
    private readonly audit: AuditService,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** In the transaction of the caller, which rolls back what is not `erased`. */
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
    // The other structures where the person worked delete their data too.
    for (const { structure } of account.memberships.filter(({ manages }) => !manages))
      await this.audit.record(entryOf('membership_ended', { id: account.id, structure }, cause), tx);
    return 'erased';
  }

  /** The operator orders it from the server's shell: one person does it, and the journal says so. */
  eraseByOrder(account: Account, { receivedOn, reason }: ErasureRequest): Promise<ErasureResult> {
    const ground = { is: 'ordered', version: account.version } as const;
    const cause = { reason, data: { by: 'command-line', receivedOn } } as const;
    return this.transactions.run((tx) => this.erase(account, ground, cause, tx));
  }

  /** The day of a request that came on `day`, or today; undefined when it cannot have come then. */
  dayOf(day: string | undefined): string | undefined {
    const now = this.clock.now();
    if (day === undefined) return now.toISOString().slice(0, 10);
    return isPastDay(day, now) ? day : undefined;
  }

  /** The account holder's own request. A second request changes nothing: the first date stays. */
  async request(session: Session, client: Client): Promise<void> {
    await this.transactions.run(async (tx) => {
      if (!(await this.administration.requestErasure(session.accountId, tx))) return;
      await this.audit.record(entryOf('erasure_requested', holderOf(session), { client }), tx);
    });
  }

  /** Until an administrator confirmed the request. */
  async withdraw(session: Session, client: Client): Promise<void> {
    await this.transactions.run(async (tx) => {
      if (!(await this.administration.withdrawErasure(session.accountId, tx))) return;
      await this.audit.record(entryOf('erasure_withdrawn', holderOf(session), { client }), tx);
    });
  }
}

/** The actor of an export or erasure, the client and the reason. */
export interface ActCause extends Pick<AuditedAct, 'actorId' | 'data'> {
  reason?: string;
  /** Absent: a job or the command line. */
  client?: Client;
}

/** The entry of the journal for an act on an account. */
export function entryOf(
  name: AuditedAct['name'],
  account: Pick<Account, 'id' | 'structure'>,
  { client, ...cause }: ActCause = {},
): AuditEvent {
  const event = { name, outcome: 'SUCCESS', ...cause } as const;
  if (client) return audited(client, account, event);
  return { ...event, accountId: account.id, structureId: account.structure?.id ?? null };
}
