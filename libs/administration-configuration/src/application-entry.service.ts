import { Injectable } from '@nestjs/common';
import { ApplicationEntity, ApplicationSecretService, ApplicationSettings } from '@portillon/application';
import { GateRule, GateRuleService } from '@portillon/gate';
import type { EntityManager } from 'typeorm';
import { RULE_DEFAULTS } from '@portillon/administration-applications';
import type { ApplicationEntry, GateRuleEntry } from './configuration.dto';
import { at } from './configuration.errors';
import { secretName } from './secret-name';
import { StructureReferenceService } from './structure-reference.service';

type Rule = GateRuleEntry & typeof RULE_DEFAULTS;

/** Writes an application in a file's form, with references to structures instead of ids. */
@Injectable()
export class ApplicationEntryService {
  constructor(
    private readonly rules: GateRuleService,
    private readonly secrets: ApplicationSecretService,
    private readonly structures: StructureReferenceService,
  ) {}

  /** Without its rules, its status and its secrets. */
  async of(application: ApplicationEntity, tx?: EntityManager): Promise<ApplicationEntry> {
    const { id: clientId, structureId, audienceStructures, ...fields } = application;
    const { version: _v, createdAt: _c, updatedAt: _u, firstSeenAt: _f, seenFrom: _p, ...written } = fields;
    const { nameKey: _n, status: _s, ...settings } = written;
    return {
      clientId,
      structure: await this.structures.textOf(structureId, tx),
      ...settings,
      audienceStructures: await this.structures.textsOf(audienceStructures, tx),
    };
  }

  async export(application: ApplicationEntity): Promise<ApplicationEntry> {
    const { id, kind, status } = application;
    const hasSecret = (await this.secrets.list(id)).length > 0;
    return {
      ...(await this.of(application)),
      status,
      ...(kind === 'gate' && { rules: await this.rulesOf(id) }),
      ...(hasSecret && { secretRef: secretName('APPLICATION', id) }),
    };
  }

  async rulesOf(id: string, tx?: EntityManager): Promise<Rule[]> {
    const rules: Rule[] = [];
    for (const rule of await this.rules.list(id, tx))
      rules.push({ ...rule, structures: await this.structures.textsOf(rule.structures, tx) } as Rule);
    return rules;
  }

  /**
   * Completes the entry with default values, and names each structure as {@link of} does. @throws AppError
   * `validation.failed` for an unknown structure
   */
  async inOneSpelling(entry: ApplicationEntry, tx: EntityManager): Promise<ApplicationEntry> {
    const { structure, audienceStructures, rules, ...others } = entry;
    const name = others.name.trim();
    const texts = (field: string, list: string[]) => this.#texts(field, list, tx);
    const spelt: ApplicationEntry = { ...others, name };
    if (structure !== undefined) spelt.structure = structure && (await texts('structure', [structure]))[0]!;
    if (audienceStructures) spelt.audienceStructures = await texts('audienceStructures', audienceStructures);
    if (rules) spelt.rules = await this.#rulesInOneSpelling(rules, tx);
    return spelt;
  }

  /** Replaces the references of the file by ids. */
  async toSettings(
    entry: Partial<ApplicationEntry>,
    tx: EntityManager,
  ): Promise<Partial<ApplicationSettings>> {
    const { audienceStructures, ...settings } = entry;
    if (!audienceStructures) return settings;
    return { ...settings, audienceStructures: await this.#ids('audienceStructures', audienceStructures, tx) };
  }

  async toRules(entries: GateRuleEntry[], tx: EntityManager): Promise<GateRule[]> {
    const rules: GateRule[] = [];
    for (const entry of entries as Rule[])
      rules.push({ ...entry, structures: await this.#ids('rules', entry.structures, tx) });
    return rules;
  }

  async #rulesInOneSpelling(entries: GateRuleEntry[], tx: EntityManager): Promise<Rule[]> {
    const rules: Rule[] = [];
    for (const [index, entry] of entries.entries()) {
      const rule = { ...RULE_DEFAULTS, ...entry } as Rule;
      const structures = await at(`rules.${index}`, () => this.#texts('structures', rule.structures, tx));
      rules.push({ ...rule, structures } as Rule);
    }
    return rules;
  }

  async #texts(field: string, texts: string[], tx: EntityManager): Promise<string[]> {
    return (await this.structures.resolve(field, texts, tx)).map(({ text }) => text);
  }

  async #ids(field: string, texts: string[], tx: EntityManager): Promise<string[]> {
    return (await this.structures.resolve(field, texts, tx)).map(({ id }) => id);
  }
}
