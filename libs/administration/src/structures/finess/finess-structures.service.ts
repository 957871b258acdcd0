import { Injectable } from '@nestjs/common';
import { AppError, nameKey } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import { isFiness, plainNumber, Structure, StructureDraft, StructureService } from '@portillon/structure';
import { StructureEditsService } from '@portillon/user-management';
import type { FinessEntry } from './finess-file';

type Establishment = FinessEntry & { kind: 'establishment' };

/**
 * What becomes of a number: `created`; `exists` already; `invalid`; `unknown` to the register; `refused`, since its name
 * or address does not fit.
 */
export type FinessOutcome = 'created' | 'exists' | 'invalid' | 'unknown' | 'refused';

export interface FinessResult {
  finess: string;
  outcome: FinessOutcome;
  name: string;
  /** Name of the legal entity above, where it has several of the wanted establishments. */
  grouping?: string;
}

/** The wanted part of the register. */
export interface FinessPart {
  numbers: readonly string[];
  establishments: ReadonlyMap<string, Establishment>;
  /** Names of the legal entities that have several of them, by number. */
  entities: ReadonlyMap<string, string>;
}

/** What one run knows. */
interface FinessRun {
  part: FinessPart;
  confirm: boolean;
  /** Names of the wanted establishments, as keys. */
  names: ReadonlySet<string>;
  /** Names that this run gave, as keys. */
  given: Set<string>;
  /** The structures of legal entities, by number. */
  groupings: Map<string, Structure | undefined>;
}

/** Numbers in one list at most: a nation's establishments. */
export const MOST_NUMBERS = 150_000;
const FOUND_AT_ONCE = 500;
const LONGEST_NAME = 200;
const BY = 'command-line';

/** Creates structures from the national register FINESS, so that no one types them. Those that exist stay as they are. */
@Injectable()
export class FinessStructuresService {
  constructor(
    private readonly structures: StructureService,
    private readonly edits: StructureEditsService,
    private readonly transactions: Transactions,
  ) {}

  /** Keeps the wanted establishments, and the legal entities with several of them. */
  async select(entries: AsyncIterable<FinessEntry>, wanted: readonly string[]): Promise<FinessPart> {
    const numbers = [...new Set(wanted.map(plainNumber))];
    const asked = new Set(numbers);
    const establishments = new Map<string, Establishment>();
    const names = new Map<string, string>();
    for await (const entry of entries) {
      if (entry.kind === 'entity') names.set(entry.finess, entry.name);
      else if (asked.has(entry.finess)) establishments.set(entry.finess, entry);
    }
    const counts = new Map<string, number>();
    for (const { entity } of establishments.values()) counts.set(entity, (counts.get(entity) ?? 0) + 1);
    const several = [...names].filter(([finess]) => (counts.get(finess) ?? 0) > 1);
    return { numbers, establishments, entities: new Map(several) };
  }

  /**
   * Creates the structures of the part, each in a transaction: after an interruption the next run creates the others.
   * Without `confirm` it writes nothing.
   */
  async *create(part: FinessPart, confirm: boolean): AsyncGenerator<FinessResult, void> {
    const names = new Set([...part.establishments.values()].map(({ name }) => nameKey(name)));
    const run: FinessRun = { part, confirm, names, given: new Set(), groupings: new Map() };
    for (let from = 0; from < part.numbers.length; from += FOUND_AT_ONCE) {
      const numbers = part.numbers.slice(from, from + FOUND_AT_ONCE);
      const existing = await this.structures.findAll(numbers);
      for (const finess of numbers) yield await this.#one(finess, existing.get(finess), run);
    }
  }

  async #one(finess: string, existing: Structure | undefined, run: FinessRun): Promise<FinessResult> {
    if (existing) return { finess, outcome: 'exists', name: existing.name };
    if (!isFiness(finess)) return { finess, outcome: 'invalid', name: '' };
    const entry = run.part.establishments.get(finess);
    return entry ? this.#establishment(entry, run) : { finess, outcome: 'unknown', name: '' };
  }

  async #establishment(entry: Establishment, run: FinessRun): Promise<FinessResult> {
    const { finess, name, town, address } = entry;
    const grouping = run.part.entities.get(entry.entity);
    const parent = grouping && run.confirm ? await this.#grouping(entry.entity, grouping, run) : undefined;
    const free = await this.#freeName([name, `${name} (${town})`, `${name} (${finess})`], run);
    const result = { finess, name: free, ...(grouping && { grouping }) };
    const draft = { name: free, finess, address: address || null, parentId: parent?.id ?? null };
    const isRefused = run.confirm && !(await this.#write(draft));
    return { ...result, outcome: isRefused ? 'refused' : 'created' };
  }

  /** The structure of a legal entity; undefined when another structure has its number, or its name does not fit. */
  async #grouping(finess: string, name: string, run: FinessRun): Promise<Structure | undefined> {
    if (!run.groupings.has(finess)) {
      const found = (await this.structures.findAll([finess])).get(finess);
      const grouping = found ?? (await this.#writeGrouping(finess, name, run));
      run.groupings.set(finess, grouping?.kind === 'grouping' ? grouping : undefined);
    }
    return run.groupings.get(finess);
  }

  async #writeGrouping(finess: string, name: string, run: FinessRun): Promise<Structure | undefined> {
    // A legal entity often has the name of its largest establishment, which people look for.
    const own = run.names.has(nameKey(name)) ? `${name} (entité juridique)` : name;
    return this.#write({
      name: await this.#freeName([own, `${name} (${finess})`], run),
      finess,
      kind: 'grouping',
    });
  }

  /** The first of these names that no structure has. */
  async #freeName(candidates: readonly string[], { given }: FinessRun): Promise<string> {
    const short = candidates.map((name) => name.slice(0, LONGEST_NAME));
    const taken = await this.structures.findAll(short);
    const free = short.find((name) => !taken.has(name) && !given.has(nameKey(name))) ?? short.at(-1)!;
    given.add(nameKey(free));
    return free;
  }

  /** Undefined when the name or the address does not fit, or another server created it meanwhile. */
  async #write(draft: StructureDraft): Promise<Structure | undefined> {
    try {
      return await this.transactions.run((tx) => this.edits.create(BY, draft, tx));
    } catch (error) {
      const refused = ['validation.failed', 'structure.taken'];
      if (error instanceof AppError && refused.includes(error.code)) return undefined;
      throw error;
    }
  }
}
