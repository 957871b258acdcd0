import { Injectable } from '@nestjs/common';
import { policyFields } from '@portillon/administration';
import { AppError, itemsOf } from '@portillon/kernel';
import {
  storedTexts,
  registeredTexts,
  Structure,
  StructureDraft,
  StructureBranding,
  StructureBrandingService,
  StructurePolicy,
  StructureService,
} from '@portillon/structure';
import { StructureEditsService } from '@portillon/user-management';
import type { EntityManager } from 'typeorm';
import type { FaceEntry, PolicyEntry, StructureEntry } from './configuration.dto';
import { at, wrongEntry } from './configuration.errors';
import { asked, fieldChanges } from './configuration.types';
import type { AppliedEntry, ConfiguredSection, FieldChange, SecretReader } from './configuration.types';

const BY = 'command-line';

const DATES = ['proSanteConnectFrom', 'strongMeansFrom', 'identityRequiredFrom'] as const;

/** A structure that an entry names. */
export interface NamedStructure {
  id: string;
  /** As the file is written: the same in every deployment. */
  text: string;
}

/**
 * Structures, found by their FINESS, else their SIRET, else their name: each of them may be what changes. The other
 * sections name a structure in the same way, since ids differ between deployments.
 */
@Injectable()
export class StructureSectionService implements ConfiguredSection<StructureEntry> {
  constructor(
    private readonly structures: StructureService,
    private readonly branding: StructureBrandingService,
    private readonly edits: StructureEditsService,
  ) {}

  async apply(entry: StructureEntry, _secrets: SecretReader, tx: EntityManager): Promise<AppliedEntry> {
    const draft = draftOf(entry);
    const found = await this.#find(draft, tx);
    const parentId = await this.#parentOf(entry, tx);
    const place = { ...draft, parentId };
    const structure = found ?? (await atParent(() => this.edits.create(BY, place, tx)));
    const fields = await atParent(() => this.#edit(structure, place, tx));
    fields.push(...(await at('policy', () => this.#setPolicy(structure.id, entry.policy ?? {}, tx))));
    fields.push(...(await at('face', () => this.#setBranding(structure.id, entry.face, tx))));
    const changed = fields.length > 0 ? 'changed' : 'left-alone';
    return { id: structure.id, name: draft.name, kind: found ? changed : 'created', fields };
  }

  async export(): Promise<StructureEntry[]> {
    const entries: StructureEntry[] = [];
    for await (const structure of itemsOf((range) => this.structures.list(range)))
      entries.push({
        name: structure.name,
        ...registeredTexts(structure),
        kind: structure.kind,
        parent: await this.textOf(structure.parentId),
        policy: policyFields(structure.policy),
        face: await this.#brandingEntry(structure.branding),
      });
    return entries;
  }

  async #brandingEntry({ logo, ...others }: StructureBranding): Promise<FaceEntry> {
    return { ...others, logo: logo && ((await this.branding.logo(logo)) ?? null) };
  }

  async #find({ finess, siret, name }: StructureDraft, tx: EntityManager): Promise<Structure | undefined> {
    const keys = [finess, siret, name].filter((key) => typeof key === 'string');
    const found = await this.structures.findAll(keys, tx);
    return keys.map((key) => found.get(key)).find(Boolean);
  }

  async #edit(before: Structure, draft: StructureDraft, tx: EntityManager): Promise<FieldChange[]> {
    const changes = fieldChanges(before, draft);
    if (changes.length === 0) return [];
    await this.edits.change(BY, before, asked(changes), {}, tx);
    const shown = (id: unknown) => this.textOf(id as string | null, tx);
    return Promise.all(
      changes.map(async ({ field, from, to }) =>
        field === 'parentId'
          ? { field: 'parent', from: await shown(from), to: await shown(to) }
          : { field, from, to },
      ),
    );
  }

  /** The id of its parent; undefined: unchanged. */
  async #parentOf({ parent }: StructureEntry, tx: EntityManager): Promise<string | null | undefined> {
    if (!parent) return parent === null ? null : undefined;
    return (await this.resolve('parent', [parent], tx))[0]!.id;
  }

  async #setPolicy(structureId: string, entry: PolicyEntry, tx: EntityManager): Promise<FieldChange[]> {
    const structure = (await this.structures.get(structureId, tx))!;
    const changes = fieldChanges(policyFields(structure.policy), withTimes(entry));
    const policy = { ...structure.policy, ...withDates(asked(changes)) };
    if (changes.length > 0) await this.edits.changePolicy(BY, structure, policy, {}, tx);
    return changes;
  }

  /** The change shows the digest of a logo, as the structure stores it. */
  async #setBranding(
    structureId: string,
    entry: FaceEntry | undefined,
    tx: EntityManager,
  ): Promise<FieldChange[]> {
    if (!entry) return [];
    const structure = (await this.structures.get(structureId, tx))!;
    const changes = fieldChanges(structure.branding, this.branding.kept(entry));
    const fields = changes.map(({ field }) => field as keyof StructureBranding);
    if (changes.length > 0) await this.edits.changeBranding(BY, structure, entry, { fields }, tx);
    return changes;
  }

  /** @throws AppError `validation.failed`, on `field`, for a reference to an unknown structure */
  async resolve(field: string, texts: readonly string[], tx: EntityManager): Promise<NamedStructure[]> {
    const found = await this.structures.findAll(texts, tx);
    return texts.map((text) => {
      const structure = found.get(text);
      if (!structure) throw wrongEntry(field, 'structure-unknown');
      return { id: structure.id, text: referenceOf(structure) };
    });
  }

  /** The id of the structure that an entry belongs to; null: to none. @throws AppError `validation.failed` */
  async ownerOf(text: string | null | undefined, tx: EntityManager): Promise<string | null> {
    if (!text) return null;
    return (await this.resolve('structure', [text], tx))[0]!.id;
  }

  /** The names of these structures in files; the id of one that no longer exists. */
  async textsOf(ids: readonly string[], tx?: EntityManager): Promise<string[]> {
    const texts: string[] = [];
    for (const id of ids) texts.push((await this.textOf(id, tx))!);
    return texts;
  }

  async textOf(id: string | null, tx?: EntityManager): Promise<string | null> {
    if (id === null) return null;
    const structure = await this.structures.get(id, tx);
    return structure ? referenceOf(structure) : id;
  }
}

function draftOf({ name, kind, ...others }: StructureEntry): Omit<StructureDraft, 'parentId'> {
  return { name: name.trim(), kind, ...storedTexts(others) };
}

/** Names the field of a refused parent as files do. @throws AppError as `work` does */
async function atParent<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'structure.parent-invalid') throw error;
    const errors = error.errors!.map((one) => ({ ...one, field: one.field.replace('parentId', 'parent') }));
    throw new AppError(error.code, { errors });
  }
}

/** The dates that are set, each as `kept` has it. */
function datesOf<Kept>(entry: PolicyEntry, kept: (date: Date) => Kept) {
  const set = DATES.filter((name) => entry[name] !== undefined);
  const dates = set.map((name) => [name, entry[name] ? kept(new Date(entry[name])) : null]);
  return Object.fromEntries(dates) as Partial<Record<(typeof DATES)[number], Kept | null>>;
}

/** Times in the one format that we show them in. */
function withTimes(entry: PolicyEntry): PolicyEntry {
  return { ...entry, ...datesOf(entry, (date) => date.toISOString()) };
}

function withDates(changed: PolicyEntry): Partial<StructurePolicy> {
  return { ...changed, ...datesOf(changed, (date) => date) } as Partial<StructurePolicy>;
}

function referenceOf({ finess, siret, name }: Structure): string {
  return finess ?? siret ?? name;
}
