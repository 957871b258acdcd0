import { Inject, Injectable } from '@nestjs/common';
import { ACCESS_OPTIONS } from '@portillon/access';
import type { ResolvedAccessOptions } from '@portillon/access';
import { TotpService } from '@portillon/authenticator';
import { AppError, HOUR } from '@portillon/kernel';
import { NotificationService } from '@portillon/notification';
import { Transactions } from '@portillon/persistence';
import {
  NewBranding,
  PositionRefusal,
  Structure,
  StructureBrandingService,
  StructureDraft,
  StructureEdit,
  StructurePolicy,
  StructureService,
} from '@portillon/structure';
import type { EntityManager } from 'typeorm';
import { AccessRefusalService } from '../rights/access-refusal.service';
import { ActBy, ActJournalService } from '../rights/act-journal.service';
import type { Administrator } from '../rights/actor';
import { AdministeredStructureService } from './administered-structure.service';
import { DeploymentLimits, policyJournalData, requirePossible } from './structure-requirement.policy';

/** A structure as the caller saw it. */
type SeenStructure = Pick<Structure, 'id' | 'version'>;

/** All but these four may be left out. */
type Required = 'smsForbidden' | 'mailFirstTimeOnly' | 'codeWindowHours' | 'proSanteConnectFrom';
type AskedPolicy = Pick<StructurePolicy, Required> & Partial<Omit<StructurePolicy, 'strongMeansReached'>>;

/**
 * Registers structures, and changes their names and numbers, branding and sign-in policy. The methods that take `tx` do it
 * in the caller's transaction, for an actor whose reach the caller checked.
 */
@Injectable()
export class StructureEditsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly administered: AdministeredStructureService,
    private readonly structures: StructureService,
    private readonly branding: StructureBrandingService,
    private readonly notifications: NotificationService,
    private readonly totp: TotpService,
    @Inject(ACCESS_OPTIONS) private readonly options: ResolvedAccessOptions,
    private readonly journal: ActJournalService,
    private readonly refusals: AccessRefusalService,
  ) {}

  /** @throws AppError `structure.taken`, `structure.parent-invalid`, `validation.failed` */
  register(administrator: Administrator, draft: StructureDraft): Promise<Structure> {
    return this.transactions.run((tx) => this.create(administrator, draft, tx));
  }

  /** @throws AppError as {@link register} does */
  async create(by: ActBy, draft: StructureDraft, tx: EntityManager): Promise<Structure> {
    requireNumber(draft);
    const created = await this.structures.create(draft, tx);
    if (created.status !== 'created') throw refused(created.status);
    const { structure } = created;
    const data = structure.parentId === null ? {} : { parent: await this.#parentName(structure.id, tx) };
    await this.journal.recordOnStructure(by, structure.id, { name: 'structure_created', data }, tx);
    return structure;
  }

  /**
   * @throws AppError `not-found`, `precondition.failed`, `structure.taken`, `structure.parent-invalid`,
   * `validation.failed`
   */
  async edit(
    administrator: Administrator,
    id: string,
    changes: Partial<StructureDraft>,
    version: number,
    reason?: string,
  ): Promise<Structure> {
    await this.administered.get(administrator, id);
    await this.transactions.run((tx) => this.change(administrator, { id, version }, changes, { reason }, tx));
    return this.administered.get(administrator, id);
  }

  /** @throws AppError as {@link edit} does */
  async change(
    by: ActBy,
    { id, version }: SeenStructure,
    changes: Partial<StructureDraft>,
    { reason }: { reason?: string },
    tx: EntityManager,
  ): Promise<void> {
    const moves = changes.parentId !== undefined;
    const previousParent = moves ? await this.#parentName(id, tx) : null;
    requireEdited(await this.structures.edit(id, changes, version, tx));
    const parent = moves ? await this.#parentName(id, tx) : null;
    const fields = Object.keys(changes) as (keyof StructureDraft)[];
    const data = { fields, ...(parent !== previousParent && { previousParent, parent }) };
    await this.journal.recordOnStructure(by, id, { name: 'structure_updated', reason, data }, tx);
  }

  /** @throws AppError `not-found`, `permission.denied`, `precondition.failed`, `validation.failed` */
  async editBranding(
    administrator: Administrator,
    id: string,
    { reason, ...branding }: NewBranding & { reason?: string },
    version: number,
  ): Promise<Structure> {
    await this.administered.get(administrator, id);
    const fields = Object.keys(branding) as (keyof NewBranding)[];
    await this.transactions.run((tx) =>
      this.changeBranding(administrator, { id, version }, branding, { fields, reason }, tx),
    );
    return this.administered.get(administrator, id);
  }

  /** @throws AppError as {@link editBranding} does */
  async changeBranding(
    by: ActBy,
    { id, version }: SeenStructure,
    branding: Partial<NewBranding>,
    { fields, reason }: { fields: (keyof NewBranding)[]; reason?: string },
    tx: EntityManager,
  ): Promise<void> {
    requireEdited(await this.branding.set(id, branding, version, tx));
    const act = { name: 'structure_updated', reason, data: { fields } } as const;
    await this.journal.recordOnStructure(by, id, act, tx);
  }

  /**
   * Stores the structure's new sign-in policy; omitted fields stay unchanged. @throws AppError `not-found`,
   * `permission.denied`, `precondition.failed`, `validation.failed` when it is laxer than the deployment's, or leaves no
   * means
   */
  async editPolicy(
    administrator: Administrator,
    id: string,
    asked: AskedPolicy,
    version: number,
    reason?: string,
  ): Promise<Structure> {
    const before = (await this.administered.get(administrator, id)).policy;
    // The server computes the progress of a date.
    const policy: StructurePolicy = { ...before, ...givenFields(asked) };
    // An administrator of the structure would lift the rule, and be alone again.
    if (before.fourEyes && !policy.fourEyes && administrator.scope.structureIds !== null)
      await this.refusals.forbid(administrator, 'four-eyes', { structure: id });
    await this.transactions.run((tx) =>
      this.changePolicy(administrator, { id, version }, policy, { reason }, tx),
    );
    return this.administered.get(administrator, id);
  }

  /** @throws AppError as {@link editPolicy} does */
  async changePolicy(
    by: ActBy,
    { id, version }: SeenStructure,
    policy: StructurePolicy,
    { reason }: { reason?: string },
    tx: EntityManager,
  ): Promise<void> {
    requirePossible(policy, this.deploymentLimits);
    requireEdited(await this.structures.setPolicy(id, policy, version, tx));
    const act = { name: 'policy_changed', reason, data: policyJournalData(policy) } as const;
    await this.journal.recordOnStructure(by, id, act, tx);
  }

  async #parentName(id: string, tx: EntityManager): Promise<string | null> {
    const parentId = (await this.structures.get(id, tx))?.parentId;
    return (parentId && (await this.structures.get(parentId, tx))?.name) || null;
  }

  /** The deployment's rules: a structure's may be stricter, never weaker. */
  get deploymentLimits(): DeploymentLimits {
    const { codeWindowMs, otherMeans } = this.options;
    return {
      smsAvailable: this.notifications.available('SMS'),
      codeWindowHours: codeWindowMs / HOUR,
      proSanteConnectOffered: otherMeans.includes('pro-sante-connect'),
      cardOffered: otherMeans.includes('cpx'),
      passkeysOffered: otherMeans.includes('passkey'),
      totpOffered: this.totp.offered,
    };
  }
}

function givenFields(asked: AskedPolicy): Partial<StructurePolicy> {
  return Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
}

function requireEdited({ status }: StructureEdit): void {
  if (status === 'edited') return;
  if (status === 'moved') throw new AppError('precondition.failed');
  if (status === 'missing') throw new AppError('not-found');
  throw refused(status);
}

/** The refusal of a name or a number that another structure has, or of a position in the tree. */
function refused(status: 'name-taken' | 'number-taken' | PositionRefusal): AppError {
  if (status !== 'name-taken' && status !== 'number-taken') {
    const place = status === 'structures-below' ? 'kind' : 'parentId';
    return new AppError('structure.parent-invalid', {
      errors: [{ field: place, code: status, message: '' }],
    });
  }
  const field = status === 'name-taken' ? 'name' : 'finess';
  return new AppError('structure.taken', { errors: [{ field, code: 'taken', message: '' }] });
}

/** An establishment is registered with its FINESS or its SIRET. @throws AppError `validation.failed` */
function requireNumber({ kind, finess, siret }: StructureDraft): void {
  if (kind === 'grouping' || finess || siret) return;
  const errors = [{ field: 'finess', code: 'required', message: '' }];
  throw new AppError('validation.failed', { errors });
}
