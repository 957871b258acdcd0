import { Injectable } from '@nestjs/common';
import { RULE_DEFAULTS } from '@portillon/administration-applications';
import {
  ApplicationEntity,
  ApplicationSecretService,
  ApplicationService,
  ApplicationSettings,
  ApplicationStatus,
  SECRET_METHODS,
} from '@portillon/application';
import { AuditData, AuditService, EventName } from '@portillon/audit';
import { GateRuleService, GateRule } from '@portillon/gate';
import { AppError, itemsOf } from '@portillon/kernel';
import { isUniqueViolation } from '@portillon/persistence';
import type { EntityManager } from 'typeorm';
import type { ApplicationEntry, GateRuleEntry } from './configuration.dto';
import { wrongEntry, at } from './configuration.errors';
import { fieldChanges, secretName } from './configuration.types';
import type { AppliedEntry, ConfiguredSection, FieldChange, SecretReader } from './configuration.types';
import { StructureSectionService } from './structure-section.service';

type Rule = GateRuleEntry & typeof RULE_DEFAULTS;

/** Applications, by their `client_id`. */
@Injectable()
export class ApplicationSectionService implements ConfiguredSection<ApplicationEntry> {
  constructor(
    private readonly applications: ApplicationService,
    private readonly rules: GateRuleService,
    private readonly secrets: ApplicationSecretService,
    private readonly structures: StructureSectionService,
    private readonly audit: AuditService,
  ) {}

  async apply(given: ApplicationEntry, secrets: SecretReader, tx: EntityManager): Promise<AppliedEntry> {
    const { clientId: id, secretRef, ...entry } = await this.#inOneSpelling(given, tx);
    const found = await this.applications.get(id, tx);
    if (!found) await this.#create(id, entry, tx);
    const fields = found ? await this.#edit(found, entry, tx) : [];
    const application = (await this.applications.get(id, tx))!;
    fields.push(...(await this.#replaceRules(application, entry.rules, tx)));
    if (found && fields.length > 0)
      await this.#record('application_updated', application, tx, { fields: namesOf(fields) });
    fields.push(...(await this.#setStatus(application, entry.status, tx)));
    if (secretRef) fields.push(...(await this.#adoptSecret(application, secretRef, secrets, tx)));
    const changed = fields.length > 0 ? 'changed' : 'left-alone';
    return { id, name: entry.name, kind: found ? changed : 'created', fields };
  }

  async export(): Promise<ApplicationEntry[]> {
    const entries: ApplicationEntry[] = [];
    for await (const application of itemsOf((range) => this.applications.list(range)))
      entries.push(await this.#exportOne(application));
    return entries;
  }

  async #create(id: string, entry: Omit<ApplicationEntry, 'clientId'>, tx: EntityManager): Promise<void> {
    const { structure, rules: _rules, status: _status, kind, ...settings } = entry;
    const structureId = await this.structures.ownerOf(structure, tx);
    const draft = {
      ...(await this.#toSettings(settings, tx)),
      id,
      kind,
      name: entry.name,
      structureId,
    };
    try {
      const application = await this.applications.create(draft, tx);
      await this.#record('application_created', application, tx);
    } catch (error) {
      // Another command made it at the same moment.
      throw isUniqueViolation(error) ? new AppError('precondition.failed') : error;
    }
  }

  async #edit(
    found: ApplicationEntity,
    { rules: _rules, status: _status, ...entry }: Omit<ApplicationEntry, 'clientId'>,
    tx: EntityManager,
  ): Promise<FieldChange[]> {
    const changes = fieldChanges(await this.#entryOf(found, tx), entry);
    const fixed = changes.find(({ field }) => field === 'kind' || field === 'structure');
    if (fixed) throw wrongEntry(fixed.field, 'fixed');
    if (changes.length === 0) return changes;
    const settings = Object.fromEntries(changes.map(({ field, to }) => [field, to]));
    const next = await this.#toSettings(settings, tx);
    const { status } = await this.applications.edit(found.id, next, found.version, tx);
    if (status !== 'edited') throw new AppError('precondition.failed');
    return changes;
  }

  async #replaceRules(
    { id, version }: ApplicationEntity,
    rules: ApplicationEntry['rules'],
    tx: EntityManager,
  ): Promise<FieldChange[]> {
    const before = { rules: await this.#rulesOf(id, tx) };
    const changes = fieldChanges(before, { rules });
    if (!rules || changes.length === 0) return [];
    const { status } = await this.rules.replace(id, await this.#toRules(rules, tx), version, tx);
    if (status !== 'edited') throw new AppError('precondition.failed');
    return changes;
  }

  async #setStatus(
    application: ApplicationEntity,
    status: ApplicationStatus | undefined,
    tx: EntityManager,
  ): Promise<FieldChange[]> {
    if (!status || !(await this.applications.setStatus(application.id, status, tx))) return [];
    const name = status === 'active' ? 'application_enabled' : 'application_disabled';
    await this.#record(name, application, tx);
    return [{ field: 'status', from: application.status, to: status }];
  }

  async #adoptSecret(
    application: ApplicationEntity,
    reference: string,
    read: SecretReader,
    tx: EntityManager,
  ): Promise<FieldChange[]> {
    const { id, authMethod } = application;
    if (!SECRET_METHODS.includes(authMethod)) throw wrongEntry('secretRef', 'secret-of-method');
    const value = read(reference);
    // The file of another deployment: the secret that this one has stays.
    if (value === undefined && (await this.secrets.list(id, tx)).length > 0) return [];
    if (value === undefined) throw wrongEntry('secretRef', 'secret-missing');
    const adoption = await this.secrets.adopt(id, value, tx);
    if (adoption === 'malformed') throw wrongEntry('secretRef', 'secret-form');
    if (adoption === 'taken') throw wrongEntry('secretRef', 'secret-taken');
    if (adoption === 'two-live') throw wrongEntry('secretRef', 'secrets-exceeded');
    if (adoption === 'known') return [];
    await this.#record('application_secret_issued', application, tx);
    return [{ field: 'secretRef', from: null, to: reference }];
  }

  #record(
    name: EventName,
    { id: application, structureId }: ApplicationEntity,
    tx: EntityManager,
    more: AuditData = {},
  ): Promise<void> {
    const data = { ...more, application, by: 'command-line' } as const;
    return this.audit.record({ name, outcome: 'SUCCESS', structureId, data }, tx);
  }

  /** Without its rules, its status and its secrets. */
  async #entryOf(application: ApplicationEntity, tx?: EntityManager): Promise<ApplicationEntry> {
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

  async #exportOne(application: ApplicationEntity): Promise<ApplicationEntry> {
    const { id, kind, status } = application;
    const hasSecret = (await this.secrets.list(id)).length > 0;
    return {
      ...(await this.#entryOf(application)),
      status,
      ...(kind === 'gate' && { rules: await this.#rulesOf(id) }),
      ...(hasSecret && { secretRef: secretName('APPLICATION', id) }),
    };
  }

  async #rulesOf(id: string, tx?: EntityManager): Promise<Rule[]> {
    const rules: Rule[] = [];
    for (const rule of await this.rules.list(id, tx))
      rules.push({ ...rule, structures: await this.structures.textsOf(rule.structures, tx) } as Rule);
    return rules;
  }

  /**
   * Completes the entry with default values, and names each structure as an export does. @throws AppError
   * `validation.failed` for an unknown structure
   */
  async #inOneSpelling(entry: ApplicationEntry, tx: EntityManager): Promise<ApplicationEntry> {
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
  async #toSettings(
    entry: Partial<ApplicationEntry>,
    tx: EntityManager,
  ): Promise<Partial<ApplicationSettings>> {
    const { audienceStructures, ...settings } = entry;
    if (!audienceStructures) return settings;
    return { ...settings, audienceStructures: await this.#ids('audienceStructures', audienceStructures, tx) };
  }

  async #toRules(entries: GateRuleEntry[], tx: EntityManager): Promise<GateRule[]> {
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

function namesOf(changes: FieldChange[]) {
  return changes.map(({ field }) => field as keyof ApplicationSettings | 'rules');
}
