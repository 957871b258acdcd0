import { Injectable } from '@nestjs/common';
import { audited } from '@portillon/access';
import { IdentityService, isIdentityWorthNoting, SignInAccount } from '@portillon/account';
import type { NameParts } from '@portillon/account';
import { AuditService } from '@portillon/audit';
import type { Client } from '@portillon/http';
import { Clock } from '@portillon/kernel';
import type { EntityManager } from 'typeorm';

/** The identity that a card or Pro Santé Connect has just proved. */
export interface ProvenIdentity {
  means: 'cpx' | 'pro-sante-connect';
  nationalId: string;
  client: Client;
  /** As the means states them; an account that has names keeps its own. */
  names?: NameParts;
}

const METHODS = { cpx: 'card', 'pro-sante-connect': 'pro-sante-connect' } as const;

/** Records that a card or Pro Santé Connect has proved the identity of an account holder. */
@Injectable()
export class IdentityRecordService {
  constructor(
    private readonly identities: IdentityService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** Like {@link record}, when there is no record or it is a year old: not at each sign-in. */
  async recordIfOld(account: SignInAccount, proven: ProvenIdentity, tx: EntityManager): Promise<void> {
    if (isIdentityWorthNoting(account.identity, this.clock.now())) await this.record(account, proven, tx);
  }

  /** Writes only for the account that has this national id in `tx`. */
  async record(
    account: Pick<SignInAccount, 'id' | 'structure'>,
    { means, nationalId, client, names }: ProvenIdentity,
    tx: EntityManager,
  ): Promise<void> {
    const method = METHODS[means];
    if (!(await this.identities.recordVerified(account.id, nationalId, method, tx))) return;
    if (names) await this.identities.recordNames(account.id, names, tx);
    const event = { name: 'identity_verified', outcome: 'SUCCESS', means, data: { method } } as const;
    await this.audit.record(audited(client, account, event), tx);
  }
}
