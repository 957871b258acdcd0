import { Injectable } from '@nestjs/common';
import {
  ApplicationDraft,
  ApplicationEntity,
  ApplicationHostService,
  ApplicationSecret,
  ApplicationSecretService,
  ApplicationService,
  ApplicationSettings,
  ApplicationStatus,
  SECRET_METHODS,
} from '@portillon/application';
import type { AuditData } from '@portillon/audit';
import { GateRule, GateRuleService } from '@portillon/gate';
import { AppError, Clock, DAY, addMilliseconds } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import {
  AccessRefusalService,
  ActJournalService,
  AdministeredStructureService,
  homeOf,
} from '@portillon/user-management';
import type { Administrator, JournalAct } from '@portillon/user-management';
import type { EntityManager } from 'typeorm';
import { AdministeredApplicationService } from './administered-application.service';
import { beyondReach, boundField, isNationallyBound, NOTHING_GIVEN } from './application-limits.policy';

/** The rules of an application within reach. */
export interface VersionedRules {
  items: GateRule[];
  /** That of the application. */
  version: number;
}

/** Registers applications and changes them: settings, status, secrets, rules behind a reverse proxy. */
@Injectable()
export class ApplicationEditsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly administered: AdministeredApplicationService,
    private readonly structures: AdministeredStructureService,
    private readonly applications: ApplicationService,
    private readonly hosts: ApplicationHostService,
    private readonly secrets: ApplicationSecretService,
    private readonly rules: GateRuleService,
    private readonly journal: ActJournalService,
    private readonly refusals: AccessRefusalService,
    private readonly clock: Clock,
  ) {}

  /**
   * A structure's administrator registers for the own structure.
   * @throws AppError `not-found` for a structure out of reach, `permission.denied`, `validation.failed`
   */
  async register(
    administrator: Administrator,
    draft: ApplicationDraft,
    reason?: string,
  ): Promise<ApplicationEntity> {
    const structureId = await this.#structureOf(administrator, draft.structureId ?? undefined);
    await this.#requireReach(administrator, NOTHING_GIVEN, draft);
    await this.#requireHosts(administrator, {}, draft);
    return this.transactions.run(async (tx) => {
      const application = await this.applications.create({ ...draft, structureId }, tx);
      const act = { name: 'application_created', reason } as const;
      await this.#record(administrator, application, act, tx);
      return application;
    });
  }

  /**
   * @throws AppError `not-found`, `permission.denied`, `application.national-only`, `precondition.failed`,
   *   `validation.failed`
   */
  async edit(
    administrator: Administrator,
    id: string,
    changes: Partial<ApplicationSettings>,
    version: number,
    reason?: string,
  ): Promise<ApplicationEntity> {
    const before = await this.administered.get(administrator, id);
    await this.#requireReach(administrator, before, changes);
    await this.#requireUnbound(administrator, before, changes);
    await this.#requireHosts(administrator, before, changes);
    const data = { fields: Object.keys(changes) as (keyof ApplicationSettings)[] };
    await this.transactions.run(async (tx) => {
      const { status } = await this.applications.edit(id, changes, version, tx);
      if (status !== 'edited') throw new AppError(status === 'moved' ? 'precondition.failed' : 'not-found');
      const act = { name: 'application_updated', reason, data } as const;
      await this.#record(administrator, before, act, tx);
    });
    return this.administered.get(administrator, id);
  }

  /** Makes no change when the application already has this status. @throws AppError `not-found` */
  async setStatus(
    administrator: Administrator,
    id: string,
    status: ApplicationStatus,
    reason?: string,
  ): Promise<ApplicationEntity> {
    const application = await this.administered.get(administrator, id);
    const name = status === 'active' ? 'application_enabled' : 'application_disabled';
    await this.transactions.run(async (tx) => {
      if (!(await this.applications.setStatus(id, status, tx))) return;
      await this.#record(administrator, application, { name, reason }, tx);
    });
    return this.administered.get(administrator, id);
  }

  /**
   * The secret is in the answer, and nowhere else.
   * @throws AppError `not-found`, `application.national-only`, `application.no-secret`, `application.secrets-exceeded`
   */
  async issueSecret(
    administrator: Administrator,
    id: string,
    expiresInDays: number | null,
    reason?: string,
  ): Promise<{ secret: ApplicationSecret; value: string }> {
    const application = await this.#getUnbound(administrator, id);
    if (!SECRET_METHODS.includes(application.authMethod)) throw new AppError('application.no-secret');
    const expiresAt = expiresInDays === null ? null : addMilliseconds(this.clock.now(), expiresInDays * DAY);
    return this.transactions.run(async (tx) => {
      const issued = await this.secrets.issue(id, expiresAt, tx);
      if (issued.status !== 'issued') throw new AppError('application.secrets-exceeded');
      const act = { name: 'application_secret_issued', reason } as const;
      await this.#record(administrator, application, act, tx);
      return issued;
    });
  }

  /** Ends the secret: it no longer authenticates the application. @throws AppError `not-found`, `application.national-only` */
  async endSecret(
    administrator: Administrator,
    id: string,
    secretId: string,
    reason?: string,
  ): Promise<ApplicationEntity> {
    const application = await this.#getUnbound(administrator, id);
    await this.transactions.run(async (tx) => {
      if (!(await this.secrets.end(id, secretId, tx))) throw new AppError('not-found');
      const act = { name: 'application_secret_ended', reason } as const;
      await this.#record(administrator, application, act, tx);
    });
    return application;
  }

  /** @throws AppError `not-found` */
  async listRules(administrator: Administrator, id: string): Promise<VersionedRules> {
    const { version } = await this.administered.get(administrator, id);
    return { items: await this.rules.list(id), version };
  }

  /** @throws AppError `not-found`, `precondition.failed`, `validation.failed` */
  async replaceRules(
    administrator: Administrator,
    id: string,
    rules: readonly GateRule[],
    version: number,
    reason?: string,
  ): Promise<VersionedRules> {
    const application = await this.administered.get(administrator, id);
    await this.transactions.run(async (tx) => {
      const { status } = await this.rules.replace(id, rules, version, tx);
      if (status !== 'edited') throw new AppError(status === 'moved' ? 'precondition.failed' : 'not-found');
      const act = { name: 'application_updated', reason, data: { fields: ['rules'] } } as const;
      await this.#record(administrator, application, act, tx);
    });
    return this.listRules(administrator, id);
  }

  /** No user could open an application of an unknown structure. */
  async #structureOf(administrator: Administrator, asked: string | undefined): Promise<string | null> {
    const structureId = asked ?? homeOf(administrator);
    return structureId === null ? null : (await this.structures.get(administrator, structureId)).id;
  }

  async #requireReach(
    administrator: Administrator,
    before: Parameters<typeof beyondReach>[1],
    asked: Partial<ApplicationDraft>,
  ): Promise<void> {
    const field = beyondReach(administrator.scope, before, asked);
    if (field) await this.refusals.forbid(administrator, 'national-setting', { setting: field });
  }

  async #requireUnbound(
    administrator: Administrator,
    before: ApplicationEntity,
    changes: Partial<ApplicationSettings>,
  ): Promise<void> {
    const field = isNationallyBound(administrator.scope, before) ? boundField(before, changes) : undefined;
    if (field) await this.#forbidNational(administrator, field);
  }

  async #requireHosts(
    { scope }: Administrator,
    before: Partial<ApplicationSettings>,
    asked: Partial<ApplicationSettings>,
  ): Promise<void> {
    if (scope.structureIds !== null) await this.hosts.requireFree(scope.structureIds, before, asked);
  }

  /** An application whose secrets this administrator may change. */
  async #getUnbound(administrator: Administrator, id: string): Promise<ApplicationEntity> {
    const application = await this.administered.get(administrator, id);
    if (isNationallyBound(administrator.scope, application))
      await this.#forbidNational(administrator, 'secrets');
    return application;
  }

  /** Guards the fields that only a national administrator changes. @throws AppError `application.national-only` */
  #forbidNational(administrator: Administrator, setting: AuditData['setting']): Promise<never> {
    return this.refusals.forbid(administrator, 'national-setting', { setting }, 'application.national-only');
  }

  /** In the journal of the structure that owns the application. */
  #record(
    administrator: Administrator,
    { id, structureId }: ApplicationEntity,
    act: JournalAct,
    tx: EntityManager,
  ): Promise<void> {
    const data = { ...act.data, application: id };
    return this.journal.recordOnStructure(administrator, structureId, { ...act, data }, tx);
  }
}
