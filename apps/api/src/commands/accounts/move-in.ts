import { createWriteStream } from 'node:fs';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { outcomeCounts, formatOf, MoveInFault, MoveInService, moveInText } from '@portillon/administration';
import { readPeople, readStructureMap } from '@portillon/administration';
import type { MoveInFormat, MoveInResult, ReadOptions } from '@portillon/administration';
import { CSV_BEGINNING, csvLine } from '@portillon/http';
import { type Locale, SECOND } from '@portillon/kernel';
import { readInput, unreadableFile } from '../input-file';
import { CommandRefusal } from '../refusal';
import { withTables } from '../database/tables';

export interface MoveInCommand {
  format?: MoveInFormat;
  structures?: string;
  attribute?: ReadOptions['attributes'];
  report: string;
  language: Locale;
  confirm?: boolean;
}

const TITLES: Record<Locale, string[]> = {
  fr: ['Ligne', 'Identifiant', 'Résultat', 'Raison'],
  en: ['Line', 'User name', 'Outcome', 'Reason'],
};
/** Readable by their owner alone: a report names people. */
const OWN_FILE = 0o600;
const PERCENT = 100;

/** Takes the people of a file in, or reports what would happen. */
export async function moveIn(path: string, options: MoveInCommand): Promise<void> {
  const { report, language, confirm = false } = options;
  const format = options.format ?? formatOf(path);
  if (!format) throw new CommandRefusal('The name of the file shows no format: add --format');
  if (path === '-') throw new CommandRefusal('The file is read twice: name it, instead of standard input');
  if (resolve(report) === resolve(path)) throw new CommandRefusal('--report would replace the file');
  await withTables(async (app) => {
    const service = app.get(MoveInService);
    const reading = { structures: await structuresOf(options), attributes: options.attribute ?? {} };
    const people = () => readPeople(readInput(path), format, reading);
    const doubles = await refusingFaults(path, language, () => service.survey(people()));
    const tally = new MoveInTally(doubles.total);
    const results = service.run(people(), doubles, confirm);
    const lines = Readable.from(reportOf(results, tally, language));
    const file = createWriteStream(report, { mode: OWN_FILE });
    await refusingFaults(path, language, () => pipeline(lines, file));
    console.log(tally.summary(confirm));
    console.log(`The report is in ${report}.`);
    if (!confirm) console.log('Nothing was changed: run it again with --confirm.');
  });
}

async function structuresOf({ structures, language }: MoveInCommand): Promise<Map<string, string>> {
  if (structures === undefined) return new Map();
  return refusingFaults(structures, language, () => readStructureMap(readInput(structures)));
}

/** @throws CommandRefusal for a file that cannot be read, with the line */
async function refusingFaults<Result>(
  path: string,
  language: Locale,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof MoveInFault)
      throw new CommandRefusal(`${path}, line ${error.line}: ${moveInText(error, language)}`);
    throw unreadableFile(path, error);
  }
}

async function* reportOf(
  results: AsyncIterable<MoveInResult[]>,
  tally: MoveInTally,
  language: Locale,
): AsyncGenerator<string> {
  yield CSV_BEGINNING + csvLine(TITLES[language]);
  for await (const batch of results) {
    tally.add(batch);
    if (process.stderr.isTTY) process.stderr.write(`\r${tally.progress()}`);
    yield batch
      .map(({ line, username, outcome, reasons }) =>
        csvLine([line, username, outcome, reasons.map((one) => moveInText(one, language)).join(' ')]),
      )
      .join('');
  }
  if (process.stderr.isTTY) process.stderr.write('\n');
}

/** Counts of a move-in, and how fast it is. */
class MoveInTally {
  readonly #begunAt = performance.now();
  readonly #counts = { taken: 0, merged: 0, skipped: 0, refused: 0 };
  readonly #formats = new Map<string, number>();
  #done = 0;
  #phones = 0;

  constructor(private readonly total: number) {}

  add(batch: readonly MoveInResult[]): void {
    this.#done += batch.length;
    const counts = outcomeCounts(batch);
    for (const outcome of ['taken', 'merged', 'skipped', 'refused'] as const)
      this.#counts[outcome] += counts[outcome];
    for (const { format = 'none', hasPhone } of batch.filter(({ outcome }) => outcome === 'taken')) {
      this.#formats.set(format, (this.#formats.get(format) ?? 0) + 1);
      if (hasPhone) this.#phones++;
    }
  }

  progress(): string {
    const left = Math.round((this.total - this.#done) / Math.max(1, this.#speed()));
    const share = Math.round((PERCENT * this.#done) / Math.max(1, this.total));
    return `${this.#done} of ${this.total} people (${share} %), ${this.#speed()} a second, ${left} s left   `;
  }

  summary(confirm: boolean): string {
    const { taken, merged, skipped, refused } = this.#counts;
    const formats = [...this.#formats].map(([format, count]) => `${count} ${format}`);
    return [
      `${confirm ? 'Moved in' : 'Dry run'}: ${this.#done} people read, ${this.#speed()} a second.`,
      `${taken} taken, ${merged} merged, ${skipped} skipped, ${refused} refused.`,
      `Passwords of those taken: ${formats.join(', ') || 'none'}. Proved numbers: ${this.#phones}.`,
    ].join('\n');
  }

  #speed(): number {
    return Math.round((this.#done * SECOND) / Math.max(1, performance.now() - this.#begunAt));
  }
}
