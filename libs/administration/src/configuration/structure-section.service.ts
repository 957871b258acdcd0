import { Injectable } from '@nestjs/common';
import {
  plainNumber,
  Structure,
  StructureDraft,
  StructureFace,
  StructureFaceService,
  StructurePolicy,
  StructureService,
} from '@portillon/account';
import { AuditService } from '@portillon/audit';
import { itemsOf } from '@portillon/kernel';
import type { EntityManager } from 'typeorm';
import { DeploymentLimitsService } from '../structures/deployment-limits.service';
import { requireEdited, requireNumber, structureTaken } from '../structures/structure-edit';
import { policyFields } from '../structures/policy-view';
import { policyJournalData, requirePossible } from '../structures/structure-requirement.policy';
import type { FaceEntry, PolicyEntry, StructureEntry } from './configuration.dto';
import { at } from './configuration.errors';
import type { AppliedEntry, ConfiguredSection, FieldChange, SecretReader } from './configuration.types';
import { asked, fieldChanges } from './field-changes';

const BY = 'command-line';

/** Structures, found by their FINESS, else their SIRET, else their name: each of them may be what changes. */
@Injectable()
export class StructureSectionService implements ConfiguredSection<StructureEntry> {
  constructor(
    private readonly structures: StructureService,
    private readonly faces: StructureFaceService,
    private readonly deployment: DeploymentLimitsService,
    private readonly audit: AuditService,
  ) {}

  async apply(entry: StructureEntry, _secrets: SecretReader, tx: EntityManager): Promise<AppliedEntry> {
    const draft = draftOf(entry);
    const found = await this.#find(draft, tx);
    const structure = found ?? (await this.#create(draft, tx));
    const fields = await this.#edit(structure, draft, tx);
    fields.push(...(await at('policy', () => this.#setPolicy(structure.id, entry.policy ?? {}, tx))));
    fields.push(...(await at('face', () => this.#setFace(structure.id, entry.face, tx))));
    const changed = fields.length > 0 ? 'changed' : 'left-alone';
    return { id: structure.id, name: draft.name, kind: found ? changed : 'created', fields };
  }

  async export(): Promise<StructureEntry[]> {
    const entries: StructureEntry[] = [];
    for await (const { name, finess, siret, policy, face } of itemsOf((range) => this.structures.list(range)))
      entries.push({
        name,
        finess,
        siret,
        policy: policyFields(policy),
        face: await this.#faceEntry(face),
      });
    return entries;
  }

  async #faceEntry({ logo, ...others }: StructureFace): Promise<FaceEntry> {
    return { ...others, logo: logo && ((await this.faces.logo(logo)) ?? null) };
  }

  async #find({ finess, siret, name }: StructureDraft, tx: EntityManager): Promise<Structure | undefined> {
    const keys = [finess, siret, name].filter((key) => typeof key === 'string');
    const found = await this.structures.findAll(keys, tx);
    return keys.map((key) => found.get(key)).find(Boolean);
  }

  async #create(draft: StructureDraft, tx: EntityManager): Promise<Structure> {
    requireNumber(draft);
    const created = await this.structures.create(draft, tx);
    if (created.status !== 'created') throw structureTaken(created.status);
    const { id: structureId } = created.structure;
    await this.audit.record(
      { name: 'structure_created', outcome: 'SUCCESS', structureId, data: { by: BY } },
      tx,
    );
    return created.structure;
  }

  async #edit(before: Structure, draft: StructureDraft, tx: EntityManager): Promise<FieldChange[]> {
    const changes = fieldChanges(before, draft);
    if (changes.length === 0) return changes;
    requireEdited(await this.structures.edit(before.id, asked(changes), before.version, tx));
    const data = { fields: changes.map(({ field }) => field as keyof StructureDraft), by: BY } as const;
    await this.audit.record(
      { name: 'structure_updated', outcome: 'SUCCESS', structureId: before.id, data },
      tx,
    );
    return changes;
  }

  async #setPolicy(structureId: string, entry: PolicyEntry, tx: EntityManager): Promise<FieldChange[]> {
    const { policy: before, version } = (await this.structures.get(structureId, tx))!;
    const changes = fieldChanges(policyFields(before), withTimes(entry));
    if (changes.length === 0) return changes;
    const policy = { ...before, ...withDates(asked(changes)) };
    requirePossible(policy, this.deployment.limits);
    requireEdited(await this.structures.setPolicy(structureId, policy, version, tx));
    const data = { ...policyJournalData(policy), by: BY } as const;
    await this.audit.record({ name: 'policy_changed', outcome: 'SUCCESS', structureId, data }, tx);
    return changes;
  }

  /** Of a logo the digest is told, which is what a structure keeps of it. */
  async #setFace(
    structureId: string,
    entry: FaceEntry | undefined,
    tx: EntityManager,
  ): Promise<FieldChange[]> {
    if (!entry) return [];
    const { face: before, version } = (await this.structures.get(structureId, tx))!;
    const changes = fieldChanges(before, this.faces.kept(entry));
    if (changes.length === 0) return changes;
    requireEdited(await this.faces.set(structureId, entry, version, tx));
    const data = { fields: changes.map(({ field }) => field as keyof StructureFace), by: BY } as const;
    await this.audit.record({ name: 'structure_updated', outcome: 'SUCCESS', structureId, data }, tx);
    return changes;
  }
}

/** As they are kept, so that the same number in another spelling changes nothing. */
function draftOf({ name, finess, siret }: StructureEntry): StructureDraft {
  return {
    name: name.trim(),
    ...(finess !== undefined && { finess: plain(finess) }),
    ...(siret !== undefined && { siret: plain(siret) }),
  };
}

function plain(number: string | null): string | null {
  return number === null ? null : plainNumber(number) || null;
}

/** Times in the one spelling that they are told in. */
function withTimes(entry: PolicyEntry): PolicyEntry {
  const { proSanteConnectFrom, strongMeansFrom, identityRequiredFrom } = entry;
  return {
    ...entry,
    ...(proSanteConnectFrom && { proSanteConnectFrom: new Date(proSanteConnectFrom).toISOString() }),
    ...(strongMeansFrom && { strongMeansFrom: new Date(strongMeansFrom).toISOString() }),
    ...(identityRequiredFrom && { identityRequiredFrom: new Date(identityRequiredFrom).toISOString() }),
  };
}

function withDates(changed: PolicyEntry): Partial<StructurePolicy> {
  const { proSanteConnectFrom, strongMeansFrom, identityRequiredFrom, ...others } = changed;
  return {
    ...others,
    ...(proSanteConnectFrom !== undefined && { proSanteConnectFrom: dateOf(proSanteConnectFrom) }),
    ...(strongMeansFrom !== undefined && { strongMeansFrom: dateOf(strongMeansFrom) }),
    ...(identityRequiredFrom !== undefined && { identityRequiredFrom: dateOf(identityRequiredFrom) }),
  };
}

function dateOf(text: string | null): Date | null {
  return text === null ? null : new Date(text);
}
