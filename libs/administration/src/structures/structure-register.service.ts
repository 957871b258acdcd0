import { Inject, Injectable } from '@nestjs/common';
import {
  Structure,
  StructureDraft,
  StructureEdit,
  StructurePage,
  StructurePolicy,
  StructureService,
} from '@portillon/account';
import { AUTH_OPTIONS, audited, personOf } from '@portillon/auth';
import type { ResolvedAuthOptions } from '@portillon/auth';
import { AuditData, AuditService, EventName } from '@portillon/audit';
import { AppError, HOUR } from '@portillon/kernel';
import { NotificationService } from '@portillon/notification';
import { Transactions } from '@portillon/persistence';
import type { EntityManager } from 'typeorm';
import { AdministeredAccountService, reaches } from '../accounts/administered-account.service';
import type { Administrator } from '../administrator';
import type { DeploymentPolicy } from './structure.dto';

/** The structures within an administrator's reach, and what each asks of its people's sign-ins. */
@Injectable()
export class StructureRegisterService {
  constructor(
    private readonly transactions: Transactions,
    private readonly structures: StructureService,
    private readonly administered: AdministeredAccountService,
    private readonly notifications: NotificationService,
    private readonly audit: AuditService,
    @Inject(AUTH_OPTIONS) private readonly options: ResolvedAuthOptions,
  ) {}

  /** What the deployment asks of everybody: a structure may be stricter, never laxer. */
  get deployment(): DeploymentPolicy {
    return {
      smsAvailable: this.notifications.available('SMS'),
      codeWindowHours: this.options.codeWindowMs / HOUR,
      proSanteConnectOffered: this.options.otherMeans.includes('pro-sante-connect'),
    };
  }

  /** @throws AppError `not-found`, and the journal says so */
  async get(administrator: Administrator, id: string): Promise<Structure> {
    if (!reaches(administrator.scope, id)) return this.administered.denyStructure(administrator, id);
    const structure = await this.structures.get(id);
    if (!structure) throw new AppError('not-found');
    return structure;
  }

  async list(
    { scope }: Administrator,
    page: { cursor?: string; limit: number; beginning?: string },
  ): Promise<StructurePage> {
    if (scope.structureId === null) return this.structures.list(page);
    const own = await this.structures.get(scope.structureId);
    return { items: own ? [own] : [], nextCursor: null };
  }

  /** @throws AppError `structure.taken`, `validation.failed` */
  async create(administrator: Administrator, draft: StructureDraft): Promise<Structure> {
    if (!draft.finess && !draft.siret) throw invalid('finess', 'required');
    return this.transactions.run(async (tx) => {
      const created = await this.structures.create(draft, tx);
      if (created.status !== 'created') throw taken(created.status);
      await this.#record(administrator, created.structure.id, 'structure_created', {}, tx);
      return created.structure;
    });
  }

  /** @throws AppError `not-found`, `precondition.failed`, `structure.taken`, `validation.failed` */
  async edit(
    administrator: Administrator,
    id: string,
    changes: Partial<StructureDraft>,
    version: number,
    reason?: string,
  ): Promise<Structure> {
    await this.get(administrator, id);
    await this.transactions.run(async (tx) => {
      requireEdited(await this.structures.edit(id, changes, version, tx));
      const data = { fields: Object.keys(changes) as (keyof StructureDraft)[] };
      await this.#record(administrator, id, 'structure_updated', data, tx, reason);
    });
    return this.get(administrator, id);
  }

  /**
   * Keeps what the structure asks from now on.
   * @throws AppError `not-found`, `precondition.failed`, `validation.failed` when it is laxer than the deployment, or
   *   leaves nobody a way in
   */
  async setPolicy(
    administrator: Administrator,
    id: string,
    policy: StructurePolicy,
    version: number,
    reason?: string,
  ): Promise<Structure> {
    await this.get(administrator, id);
    this.#requirePossible(policy);
    await this.transactions.run(async (tx) => {
      requireEdited(await this.structures.setPolicy(id, policy, version, tx));
      const from = policy.proSanteConnectFrom?.toISOString() ?? null;
      const data = { ...policy, proSanteConnectFrom: from };
      await this.#record(administrator, id, 'policy_changed', data, tx, reason);
    });
    return this.get(administrator, id);
  }

  #requirePossible(policy: StructurePolicy): void {
    const { smsAvailable, codeWindowHours, proSanteConnectOffered } = this.deployment;
    if (policy.codeWindowHours !== null && policy.codeWindowHours > codeWindowHours)
      throw invalid('codeWindowHours', 'choice');
    // Without SMS nobody with a proved number would have a way left.
    if (policy.mailFirstTimeOnly && (policy.smsForbidden || !smsAvailable))
      throw invalid('mailFirstTimeOnly', 'choice');
    if (policy.proSanteConnectFrom && !proSanteConnectOffered) throw invalid('proSanteConnectFrom', 'choice');
  }

  #record(
    { session, client }: Administrator,
    structureId: string,
    name: EventName,
    data: AuditData,
    tx: EntityManager,
    reason?: string,
  ): Promise<void> {
    const entry = audited(client, personOf(session), { name, outcome: 'SUCCESS', data, reason });
    return this.audit.record({ ...entry, actorId: session.accountId, structureId }, tx);
  }
}

function requireEdited({ status }: StructureEdit): void {
  if (status === 'edited') return;
  if (status === 'moved') throw new AppError('precondition.failed');
  if (status === 'missing') throw new AppError('not-found');
  throw taken(status);
}

function taken(status: 'name-taken' | 'number-taken'): AppError {
  const field = status === 'name-taken' ? 'name' : 'finess';
  return new AppError('structure.taken', { errors: [{ field, code: 'taken', message: '' }] });
}

function invalid(field: string, code: string): AppError {
  return new AppError('validation.failed', { errors: [{ field, code, message: '' }] });
}
