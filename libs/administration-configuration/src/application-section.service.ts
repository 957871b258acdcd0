import { Injectable } from '@nestjs/common';
import {
  ApplicationEntity,
  ApplicationSecretService,
  ApplicationService,
  ApplicationSettings,
  ApplicationStatus,
  SECRET_METHODS,
} from '@portillon/application';
import { AuditData, AuditService, EventName } from '@portillon/audit';
import { GateRuleService } from '@portillon/gate';
import { AppError, itemsOf } from '@portillon/kernel';
import { isUniqueViolation } from '@portillon/persistence';
import type { EntityManager } from 'typeorm';
import { ApplicationEntryService } from './application-entry.service';
import type { ApplicationEntry } from './configuration.dto';
import { wrongEntry } from './configuration.errors';
import type { AppliedEntry, ConfiguredSection, FieldChange, SecretReader } from './configuration.types';
import { fieldChanges } from './field-changes';
import { StructureReferenceService } from './structure-reference.service';

/** Applications, by their `client_id`. */
@Injectable()
export class ApplicationSectionService implements ConfiguredSection<ApplicationEntry> {
  constructor(
    private readonly applications: ApplicationService,
    private readonly entries: ApplicationEntryService,
    private readonly rules: GateRuleService,
    private readonly secrets: ApplicationSecretService,
    private readonly structures: StructureReferenceService,
    private readonly audit: AuditService,
  ) {}

  async apply(given: ApplicationEntry, secrets: SecretReader, tx: EntityManager): Promise<AppliedEntry> {
    const { clientId: id, secretRef, ...entry } = await this.entries.inOneSpelling(given, tx);
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
      entries.push(await this.entries.export(application));
    return entries;
  }

  async #create(id: string, entry: Omit<ApplicationEntry, 'clientId'>, tx: EntityManager): Promise<void> {
    const { structure, rules: _rules, status: _status, kind, ...settings } = entry;
    const structureId = await this.structures.ownerOf(structure, tx);
    const draft = {
      ...(await this.entries.toSettings(settings, tx)),
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
    const changes = fieldChanges(await this.entries.of(found, tx), entry);
    const fixed = changes.find(({ field }) => field === 'kind' || field === 'structure');
    if (fixed) throw wrongEntry(fixed.field, 'fixed');
    if (changes.length === 0) return changes;
    const settings = Object.fromEntries(changes.map(({ field, to }) => [field, to]));
    const next = await this.entries.toSettings(settings, tx);
    const { status } = await this.applications.edit(found.id, next, found.version, tx);
    if (status !== 'edited') throw new AppError('precondition.failed');
    return changes;
  }

  async #replaceRules(
    { id, version }: ApplicationEntity,
    rules: ApplicationEntry['rules'],
    tx: EntityManager,
  ): Promise<FieldChange[]> {
    const before = { rules: await this.entries.rulesOf(id, tx) };
    const changes = fieldChanges(before, { rules });
    if (!rules || changes.length === 0) return [];
    const { status } = await this.rules.replace(id, await this.entries.toRules(rules, tx), version, tx);
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
}

function namesOf(changes: FieldChange[]) {
  return changes.map(({ field }) => field as keyof ApplicationSettings | 'rules');
}
