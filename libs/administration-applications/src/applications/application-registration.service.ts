import { Injectable } from '@nestjs/common';
import {
  ApplicationDraft,
  ApplicationEntity,
  ApplicationHostService,
  ApplicationService,
  ApplicationSettings,
} from '@portillon/application';
import { AppError } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import { AccessRefusalService, AdministeredStructureService } from '@portillon/user-management';
import { OwnedActJournalService } from '../owned-act-journal.service';
import { keepNational } from './national-setting';
import type { Administrator } from '@portillon/user-management';
import { AdministeredApplicationService } from './administered-application.service';
import { beyondReach, boundField, isNationallyBound, NOTHING_GIVEN } from './application-limits.policy';

/** The settings of an application: its kind, its addresses, its audience. */
@Injectable()
export class ApplicationRegistrationService {
  constructor(
    private readonly transactions: Transactions,
    private readonly administered: AdministeredApplicationService,
    private readonly structures: AdministeredStructureService,
    private readonly applications: ApplicationService,
    private readonly hosts: ApplicationHostService,
    private readonly journal: OwnedActJournalService,
    private readonly refusals: AccessRefusalService,
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
      await this.journal.recordOnApplication(administrator, application, act, tx);
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
      await this.journal.recordOnApplication(administrator, before, act, tx);
    });
    return this.administered.get(administrator, id);
  }

  /** No user could open an application of an unknown structure. */
  async #structureOf(administrator: Administrator, asked: string | undefined): Promise<string | null> {
    const structureId = await this.structures.within(administrator, asked);
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
    if (field) await keepNational(this.refusals, administrator, field);
  }

  async #requireHosts(
    { scope }: Administrator,
    before: Partial<ApplicationSettings>,
    asked: Partial<ApplicationSettings>,
  ): Promise<void> {
    if (scope.structureId !== null) await this.hosts.requireFree(scope.structureId, before, asked);
  }
}
