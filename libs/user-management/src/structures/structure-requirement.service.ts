import { Injectable } from '@nestjs/common';
import { Structure, StructurePolicy, StructureService } from '@portillon/structure';
import { Transactions } from '@portillon/persistence';
import { AccessRefusalService } from '../rights/access-refusal.service';
import type { EntityManager } from 'typeorm';
import { ActBy, ActJournalService } from '../rights/act-journal.service';
import type { Administrator } from '../rights/administrator.types';
import { AdministeredStructureService } from './administered-structure.service';
import { DeploymentLimitsService } from './deployment-limits.service';
import { requireEdited } from './structure-edit';
import { policyJournalData, requirePossible } from './structure-requirement.policy';

/** All but these four may be left out. */
type Required = 'smsForbidden' | 'mailFirstTimeOnly' | 'codeWindowHours' | 'proSanteConnectFrom';
type AskedPolicy = Pick<StructurePolicy, Required> & Partial<Omit<StructurePolicy, 'strongMeansReached'>>;

/** The sign-in policy of a structure, beyond the deployment's. */
@Injectable()
export class StructureRequirementService {
  constructor(
    private readonly transactions: Transactions,
    private readonly administered: AdministeredStructureService,
    private readonly structures: StructureService,
    private readonly deployment: DeploymentLimitsService,
    private readonly journal: ActJournalService,
    private readonly refusals: AccessRefusalService,
  ) {}

  /**
   * Stores the structure's new requirements; omitted fields stay unchanged. @throws AppError `not-found`,
   * `permission.denied`, `precondition.failed`, `validation.failed` when they are laxer than the deployment, or leave no
   * means
   */
  async set(
    administrator: Administrator,
    id: string,
    asked: AskedPolicy,
    version: number,
    reason?: string,
  ): Promise<Structure> {
    const before = (await this.administered.get(administrator, id)).policy;
    const policy = keepLeftOut(asked, before);
    // An administrator of the structure would lift the rule, and be alone again.
    if (before.fourEyes && !policy.fourEyes && administrator.scope.structureId !== null)
      await this.refusals.forbid(administrator, 'four-eyes', { structure: id });
    await this.transactions.run((tx) => this.keep(administrator, { id, version }, policy, { reason }, tx));
    return this.administered.get(administrator, id);
  }

  /** Like {@link set}, of a structure as it was seen, in the caller's transaction. */
  async keep(
    by: ActBy,
    { id, version }: Pick<Structure, 'id' | 'version'>,
    policy: StructurePolicy,
    { reason }: { reason?: string },
    tx: EntityManager,
  ): Promise<void> {
    requirePossible(policy, this.deployment.limits);
    requireEdited(await this.structures.setPolicy(id, policy, version, tx));
    const act = { name: 'policy_changed', reason, data: policyJournalData(policy) } as const;
    await this.journal.recordOnStructure(by, id, act, tx);
  }
}

/** Fields that are left out do not change; the server computes the progress of a date. */
function keepLeftOut(asked: AskedPolicy, before: StructurePolicy): StructurePolicy {
  const given = Object.entries(asked).filter(([, value]) => value !== undefined);
  return { ...before, ...Object.fromEntries(given) };
}
