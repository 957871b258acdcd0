import { Injectable } from '@nestjs/common';
import {
  AppError,
  Clock,
  fromCursor,
  nameKey,
  pageSize,
  Random,
  addMilliseconds,
  sortKey,
  toCursor,
} from '@portillon/kernel';
import { isUniqueViolation } from '@portillon/persistence';
import type { EntityManager } from 'typeorm';
import { toBranding } from './branding/structure-branding';
import { storedTexts, registeredTexts, validTexts, plainNumber } from './structure-fields';
import type { RegisteredFieldName } from './structure-fields';
import { networkOf, networksAround } from './structure-network';
import { StructureGuardRepository } from './structure-guard.repository';
import { StructureAtAddress, StructureNetworkRepository } from './structure-network.repository';
import type { StructureEntity, StructureName } from './structure.entity';
import { ENROLMENT_MS, NO_POLICY, policyColumns, StructurePolicy, toPolicy } from './structure.policy';
import { StructurePlace, StructureRepository } from './structure.repository';
import { MOST_LEVELS } from './structure.types';
import type {
  Structure,
  StructureCreation,
  StructureDraft,
  StructureEdit,
  StructureFilter,
  StructureNode,
  StructurePage,
  StructurePosition,
  PositionRefusal,
} from './structure.types';

type RegisteredColumns = Partial<
  Pick<StructureEntity, 'name' | 'nameKey' | 'sortKey' | 'kind' | 'parentId' | RegisteredFieldName>
>;

/** Width of the column; compatibility forms can turn one character into eighteen. */
const LONGEST_KEY = 600;
const NAME = /^[^\p{C}\p{Zl}\p{Zp}]{1,200}$/u;

/** What a page of the list holds. */
export interface StructureListing extends StructureFilter {
  cursor?: string;
  limit: number;
  /** Beginning of a word of the name. */
  beginning?: string;
}

/** The structures of the deployment. A name, a FINESS and a SIRET each identify one of them. */
@Injectable()
export class StructureService {
  constructor(
    private readonly rows: StructureRepository,
    private readonly guards: StructureGuardRepository,
    private readonly networks: StructureNetworkRepository,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** Creates a structure; below a parent in a transaction. @throws AppError `validation.failed` naming every invalid field */
  create(
    draft: string | (StructureDraft & { parentId?: null }),
    tx?: EntityManager,
  ): Promise<StructureCreation>;
  create(draft: StructureDraft, tx: EntityManager): Promise<StructureCreation>;
  async create(draft: string | StructureDraft, tx?: EntityManager): Promise<StructureCreation> {
    const columns = columnsOf(typeof draft === 'string' ? { name: draft } : draft);
    const id = this.random.id();
    const policy = policyColumns(NO_POLICY);
    if (columns.parentId) {
      await this.guards.lockTree(tx!);
      const refusal = await this.#wrongPosition(
        id,
        { kind: 'establishment', parentId: columns.parentId },
        tx!,
      );
      if (refusal) return { status: refusal };
    }
    try {
      await this.rows.insert({ id, ...columns, ...policy, createdAt: this.clock.now(), version: 1 }, tx);
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      return { status: await this.#taken(id, columns, tx) };
    }
    return { status: 'created', structure: (await this.get(id, tx))! };
  }

  /**
   * Changes the registered texts and the position; omitted ones stay.
   *
   * @throws AppError `validation.failed` naming every invalid field
   */
  async edit(
    id: string,
    changes: Partial<StructureDraft>,
    version: number,
    tx: EntityManager,
  ): Promise<StructureEdit> {
    const columns = columnsOf(changes);
    if (columns.kind !== undefined || columns.parentId !== undefined) {
      const refusal = await this.#refusedMove(id, columns, version, tx);
      if (refusal) return { status: refusal };
    }
    try {
      return await this.#change(id, columns, version, tx);
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      return { status: await this.#taken(id, columns, tx) };
    }
  }

  /** Stores the policy of sign-ins. The caller checks that it is strict enough. */
  async setPolicy(
    id: string,
    policy: StructurePolicy,
    version: number,
    tx: EntityManager,
  ): Promise<StructureEdit> {
    const edit = await this.#change(id, policyColumns(policy), version, tx);
    const networks = new Set(policy.egressAddresses.flatMap((one) => networkOf(one) ?? []));
    if (edit.status === 'edited') await this.networks.replace(id, [...networks], tx);
    return edit;
  }

  /** Structures that named this address, or a network that contains it. */
  async at(address: string, tx?: EntityManager): Promise<StructureAtAddress[]> {
    const networks = networksAround(address);
    return networks.length === 0 ? [] : this.networks.findStructuresAt(networks, tx);
  }

  /**
   * Records which dates of strong means have come, so that a server whose clock is behind, or steps back, does not
   * reopen access. Returns how many structures moved on.
   */
  async recordStrongMeans(): Promise<number> {
    const now = this.clock.now();
    const ended = await this.rows.recordReached(2, addMilliseconds(now, -ENROLMENT_MS));
    return ended + (await this.rows.recordReached(1, now));
  }

  async get(id: string, tx?: EntityManager): Promise<Structure | undefined> {
    const row = await this.rows.find(id, tx);
    return row ? toStructure(row) : undefined;
  }

  /** The next structures after `after` that have a FINESS, by id. */
  findWithFiness(after: string, limit: number) {
    return this.rows.findWithFiness(after, limit);
  }

  /** Names of structures by id; an unknown id has none. */
  async names(ids: Iterable<string>): Promise<Map<string, StructureName>> {
    const rows = await this.rows.findNames([...new Set(ids)]);
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** Ids of all structures in the trees of these, themselves included: one statement for each level below. */
  async findBelow(ids: readonly string[], tx?: EntityManager): Promise<string[]> {
    return [...new Set((await this.#levelsOf(ids, tx)).flat())];
  }

  /** The structures above this one, the nearest first. */
  async findAbove(id: string, tx?: EntityManager): Promise<StructureNode[]> {
    const [own] = await this.rows.findNodes([id], tx);
    const above: StructureNode[] = [];
    for (let parentId = own?.parentId; parentId && above.length < MOST_LEVELS;) {
      const [parent] = await this.rows.findNodes([parentId], tx);
      if (parent) above.push(parent);
      parentId = parent?.parentId;
    }
    return above;
  }

  /** The structures below this one, by name: the higher levels first if there are more than `limit`; and their number. */
  async tree(id: string, limit: number): Promise<{ items: Structure[]; total: number }> {
    const below = (await this.findBelow([id])).filter((one) => one !== id);
    const rows = await this.rows.findMany(below.slice(0, limit));
    return { items: rows.map(toStructure), total: below.length };
  }

  /** Structures with a date set for strong means or Pro Santé Connect, past or future. */
  async dated(): Promise<Structure[]> {
    return (await this.rows.findDated()).map(toStructure);
  }

  /** Finds a structure by name, ignoring case. */
  async findByName(name: string, tx?: EntityManager): Promise<Structure | undefined> {
    const row = await this.rows.findByNameKey(nameKey(name), tx);
    return row ? toStructure(row) : undefined;
  }

  /** Structures with one of these names, FINESS or SIRET, by the given text. At most 500 texts. */
  async findAll(texts: readonly string[], tx?: EntityManager): Promise<Map<string, Structure>> {
    if (texts.length === 0) return new Map();
    const rows = await this.rows.findByKeys(texts.map(nameKey), texts.map(plainNumber), tx);
    const byKey = new Map(
      rows.flatMap((row) => [row.nameKey, row.finess, row.siret].map((key) => [key, toStructure(row)])),
    );
    return new Map(
      texts.flatMap((text) => {
        const structure = byKey.get(nameKey(text)) ?? byKey.get(plainNumber(text));
        return structure ? [[text, structure]] : [];
      }),
    );
  }

  /**
   * Lists structures by name, with a word that begins with `beginning`, ignoring case and accents. `cursor`:
   * `nextCursor` of the previous page; `limit` is limited to 1 to 100.
   */
  async list(
    { cursor, limit: asked, beginning = '', ...filter }: StructureListing,
    tx?: EntityManager,
  ): Promise<StructurePage> {
    const after = cursor ? placeOf(cursor) : { sortKey: '', id: '' };
    const limit = pageSize(asked);
    const wanted = { after, beginning: sortKey(beginning), ...filter };
    const rows = await this.rows.findPage(wanted, limit + 1, tx);
    const kept = rows.slice(0, limit);
    const last = rows.length > limit ? kept.at(-1) : undefined;
    return { items: kept.map(toStructure), nextCursor: last ? toCursor(last.sortKey, last.id) : null };
  }

  async #change(
    id: string,
    changes: Partial<StructureEntity>,
    version: number,
    tx: EntityManager,
  ): Promise<StructureEdit> {
    if (await this.rows.change(id, version, changes, tx)) return { status: 'edited' };
    return { status: (await this.rows.find(id, tx)) ? 'moved' : 'missing' };
  }

  /** Returns the ids of these and of those below, a list for each level. */
  async #levelsOf(ids: readonly string[], tx?: EntityManager): Promise<string[][]> {
    const levels: string[][] = [];
    for (let level = [...ids]; level.length > 0;) {
      levels.push(level);
      level = levels.length < MOST_LEVELS ? await this.rows.findIdsBelow(level, tx) : [];
    }
    return levels;
  }

  async #refusedMove(
    id: string,
    changes: Partial<StructurePosition>,
    version: number,
    tx: EntityManager,
  ): Promise<PositionRefusal | 'moved' | 'missing' | undefined> {
    await this.guards.lockTree(tx);
    const now = await this.rows.find(id, tx);
    if (now?.version !== version) return now ? 'moved' : 'missing';
    const { kind = now.kind, parentId = now.parentId } = changes;
    return this.#wrongPosition(id, { kind, parentId }, tx);
  }

  /** Why the structure cannot have this position. The caller has locked the tree until the structure is written. */
  async #wrongPosition(
    id: string,
    { kind, parentId }: StructurePosition,
    tx: EntityManager,
  ): Promise<PositionRefusal | undefined> {
    const levels = await this.#levelsOf([id], tx);
    if (kind !== 'grouping' && levels.length > 1) return 'structures-below';
    if (parentId === null) return undefined;
    const [parent] = await this.rows.findNodes([parentId], tx);
    if (!parent) return 'parent-unknown';
    const above = [parent, ...(await this.findAbove(parentId, tx))];
    if (above.some((one) => one.id === id)) return 'parent-below';
    if (parent.kind !== 'grouping') return 'parent-not-grouping';
    return above.length + levels.length > MOST_LEVELS ? 'too-many-levels' : undefined;
  }

  /** Returns which of them another structure has. */
  async #taken(
    id: string,
    { nameKey }: RegisteredColumns,
    tx?: EntityManager,
  ): Promise<'name-taken' | 'number-taken'> {
    const bearer = nameKey === undefined ? null : await this.rows.findByNameKey(nameKey, tx);
    return bearer && bearer.id !== id ? 'name-taken' : 'number-taken';
  }
}

/** Decodes a cursor. @throws AppError `validation.failed` for an invalid one */
function placeOf(cursor: string): StructurePlace {
  const [sortKey, id] = fromCursor(cursor, 2) as [string, string];
  return { sortKey, id };
}

function toStructure(row: StructureEntity): Structure {
  const { id, name, kind, parentId, createdAt, version } = row;
  return {
    id,
    name,
    kind,
    parentId,
    ...registeredTexts(row),
    policy: toPolicy(row),
    branding: toBranding(row),
    createdAt,
    version,
  };
}

/** Columns of a draft. @throws AppError `validation.failed` naming every invalid field */
function columnsOf({ name, kind, parentId, ...others }: Partial<StructureDraft>): RegisteredColumns {
  const texts = storedTexts(others);
  refuseWrong({ name: name === undefined || isName(name), ...validTexts(texts) });
  return {
    ...(name !== undefined && { name: name.trim(), nameKey: nameKey(name), sortKey: sortKey(name) }),
    ...(kind !== undefined && { kind }),
    ...(parentId !== undefined && { parentId }),
    ...texts,
  };
}

function refuseWrong(right: Record<string, boolean>): void {
  const wrong = Object.keys(right).filter((field) => !right[field]);
  if (wrong.length > 0) throw invalid(wrong);
}

function isName(name: string): boolean {
  const key = nameKey(name);
  const longest = Math.max(key.length, sortKey(name).length);
  return NAME.test(name) && key !== '' && longest <= LONGEST_KEY;
}

function invalid(fields: string[]): AppError {
  const errors = fields.map((field) => ({ field, code: 'invalid', message: `${field} is not valid` }));
  return new AppError('validation.failed', { errors });
}
