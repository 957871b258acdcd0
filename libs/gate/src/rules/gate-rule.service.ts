import { Injectable } from '@nestjs/common';
import { ApplicationEdit, ApplicationService, isAcr } from '@portillon/application';
import { AppError, Random } from '@portillon/kernel';
import type { EntityManager } from 'typeorm';
import { GateRuleRepository, GateRule, GATE_ACCESS } from './gate-rule.repository';
import { isRulePath } from './rule-match.policy';

const MOST_RULES = 100;
const MOST = 20;
const LONGEST_PATH = 500;
const METHOD = /^[A-Z][A-Z-]{0,19}$/;
const ROLE = /^[a-z][a-z-]{1,39}$/;
const ID = /^[0-9a-z-]{1,36}$/;
const YOUNGEST_SECONDS = 60;
const OLDEST_SECONDS = 86_400;

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

/** @throws AppError `validation.failed` naming every field of every rule that cannot be kept. */
export function requireValidRules(rules: readonly GateRule[]): void {
  const faults = rules.flatMap((rule, index) => faultsOf(rule).map((field) => `rules.${index}.${field}`));
  if (rules.length > MOST_RULES) faults.push('rules');
  const errors = faults.map((field) => ({ field, code: 'invalid', message: `${field} is not valid` }));
  if (errors.length > 0) throw new AppError('validation.failed', { errors });
}

function faultsOf(rule: GateRule): (keyof GateRule)[] {
  const { paths, methods, access, roles, structures, acr, maxAgeSeconds } = rule;
  const isSound: Record<keyof GateRule, boolean> = {
    paths: paths.length > 0 && isList(paths, isShortRulePath),
    methods: isList(methods, (one) => METHOD.test(one)),
    access: GATE_ACCESS.includes(access),
    roles: isList(roles, (one) => ROLE.test(one)) && isOfPeople(rule, roles),
    structures: isList(structures, (one) => ID.test(one)) && isOfPeople(rule, structures),
    acr: acr === null || (isAcr(acr) && access === 'signed-in'),
    maxAgeSeconds: maxAgeSeconds === null || (isAge(maxAgeSeconds) && access === 'signed-in'),
  };
  return (Object.keys(isSound) as (keyof GateRule)[]).filter((field) => !isSound[field]);
}

/** A condition that is never asked would look like a guard and be none. */
function isOfPeople({ access }: GateRule, conditions: readonly string[]): boolean {
  return access === 'signed-in' || conditions.length === 0;
}

function isList(list: readonly string[], isOne: (text: string) => boolean): boolean {
  return list.length <= MOST && new Set(list).size === list.length && list.every(isOne);
}

function isShortRulePath(path: string): boolean {
  return path.length <= LONGEST_PATH && isRulePath(path);
}

function isAge(seconds: number): boolean {
  return Number.isInteger(seconds) && seconds >= YOUNGEST_SECONDS && seconds <= OLDEST_SECONDS;
}
