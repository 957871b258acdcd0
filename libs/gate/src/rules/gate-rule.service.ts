import { Injectable } from '@nestjs/common';
import { ApplicationEdit, ApplicationService } from '@portillon/application';
import { AppError, Random } from '@portillon/kernel';
import type { EntityManager } from 'typeorm';
import type { GateRule } from './gate-rule.types';
import { GateRuleRepository } from './gate-rule.repository';
import { requireValidRules } from './rule-fields.policy';

/** The rules of an application behind the gate. They are of the application's version: one guard for all of it. */
@Injectable()
export class GateRuleService {
  constructor(
    private readonly rules: GateRuleRepository,
    private readonly applications: ApplicationService,
    private readonly random: Random,
  ) {}

  /** In their order: the first that matches decides. */
  async list(applicationId: string, tx?: EntityManager): Promise<GateRule[]> {
    const rows = await this.rules.list(applicationId, tx);
    return rows.map(({ id, applicationId: _of, position, ...rule }) => rule);
  }

  /**
   * Replaces all rules, while the application has this version. @throws AppError `validation.failed`, also where the
   * application is of another kind
   */
  async replace(
    applicationId: string,
    rules: readonly GateRule[],
    version: number,
    tx: EntityManager,
  ): Promise<ApplicationEdit> {
    requireValidRules(rules);
    await this.#requireGate(applicationId, tx);
    const edit = await this.applications.edit(applicationId, {}, version, tx);
    if (edit.status !== 'edited') return edit;
    const rows = rules.map((rule, position) => ({ ...rule, id: this.random.id(), applicationId, position }));
    await this.rules.replace(applicationId, rows, tx);
    return edit;
  }

  async #requireGate(applicationId: string, tx: EntityManager): Promise<void> {
    const application = await this.applications.get(applicationId, tx);
    if (!application || application.kind === 'gate') return;
    const errors = [{ field: 'rules', code: 'invalid', message: 'the application is not behind the gate' }];
    throw new AppError('validation.failed', { errors });
  }
}
