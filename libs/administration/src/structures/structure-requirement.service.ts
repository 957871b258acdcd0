import { Inject, Injectable } from '@nestjs/common';
import { Structure, StructurePolicy, StructureService } from '@portillon/account';
import { AUTH_OPTIONS } from '@portillon/auth';
import type { ResolvedAuthOptions } from '@portillon/auth';
import { HOUR } from '@portillon/kernel';
import { NotificationService } from '@portillon/notification';
import { Transactions } from '@portillon/persistence';
import { ActJournalService } from '../act-journal.service';
import type { Administrator } from '../administrator.types';
import { AdministeredStructureService } from './administered-structure.service';
import { requireEdited } from './structure-edit';
import { DeploymentLimits, requirePossible } from './structure-requirement.policy';

/** What may be left out is optional. */
type AskedPolicy = Omit<StructurePolicy, 'egressAddresses'> &
  Partial<Pick<StructurePolicy, 'egressAddresses'>>;

/** What a structure asks of its people's sign-ins, beyond the deployment. */
@Injectable()
export class StructureRequirementService {
  constructor(
    private readonly transactions: Transactions,
    private readonly administered: AdministeredStructureService,
    private readonly structures: StructureService,
    private readonly notifications: NotificationService,
    private readonly journal: ActJournalService,
    @Inject(AUTH_OPTIONS) private readonly options: ResolvedAuthOptions,
  ) {}

  /** What the deployment asks of everybody: a structure may be stricter, never laxer. */
  get deployment(): DeploymentLimits {
    return {
      smsAvailable: this.notifications.available('SMS'),
      codeWindowHours: this.options.codeWindowMs / HOUR,
      proSanteConnectOffered: this.options.otherMeans.includes('pro-sante-connect'),
    };
  }

  /**
   * Keeps what the structure asks from now on; what may be left out stays as it is.
   * @throws AppError `not-found`, `precondition.failed`, `validation.failed` when it is laxer than the deployment, or
   *   leaves no way in
   */
  async set(
    administrator: Administrator,
    id: string,
    asked: AskedPolicy,
    version: number,
    reason?: string,
  ): Promise<Structure> {
    const before = (await this.administered.get(administrator, id)).policy;
    const policy = { ...asked, egressAddresses: asked.egressAddresses ?? before.egressAddresses };
    requirePossible(policy, this.deployment);
    const from = policy.proSanteConnectFrom?.toISOString() ?? null;
    const data = { ...policy, proSanteConnectFrom: from, egressAddresses: policy.egressAddresses.length };
    await this.transactions.run(async (tx) => {
      requireEdited(await this.structures.setPolicy(id, policy, version, tx));
      const act = { name: 'policy_changed', reason, data } as const;
      await this.journal.recordOnStructure(administrator, id, act, tx);
    });
    return this.administered.get(administrator, id);
  }
}
