import type { INestApplicationContext } from '@nestjs/common';
import { text } from 'node:stream/consumers';
import {
  FinessEntry,
  FinessFileFault,
  FinessOutcome,
  FinessResult,
  FinessStructuresService,
  MOST_NUMBERS,
  readFiness,
} from '@portillon/administration';
import { DirectoryOrganizationsService, DirectoryPause } from '@portillon/administration-reports';
import { MINUTE } from '@portillon/kernel';
import { plainNumber } from '@portillon/structure';
import { readInput, unreadableFile } from '../input-file';
import { CommandRefusal } from '../refusal';
import { withTables } from '../database/tables';

export interface StructureImportOptions {
  numbers: string;
  confirm?: boolean;
}

const LINE_END = /\r?\n/;
/** Bytes of a list at most; a number has nine characters. */
const LARGEST_LIST = MOST_NUMBERS * 16;
const OUTCOMES: Record<Exclude<FinessOutcome, 'created'>, string> = {
  exists: 'exists already',
  invalid: 'is not a FINESS number: 9 characters, the last of which is a key',
  unknown: 'is not in the register: has it closed, or is it the number of a legal entity?',
  refused: 'was refused: its name or address does not fit, or another server created it',
};
const FAULTS: Record<FinessFileFault['fault'], string> = {
  'no-establishment':
    'has no line of FINESS (structureet or structureej): take the files cs1100507 and cs1100501 of data.gouv.fr',
  encoding: 'is not UTF-8: convert it, such as with iconv -f ISO-8859-1 -t UTF-8',
  format: 'is not a CSV file with semicolons',
};

/** Creates the structures of these numbers, with their names and addresses. */
export async function importStructures(
  files: string[],
  { numbers, confirm = false }: StructureImportOptions,
): Promise<void> {
  const wanted = await numbersOf(numbers);
  await withTables(async (app) => {
    const service = app.get(FinessStructuresService);
    const entries = files.length > 0 ? entriesOf(files) : entriesOfDirectory(app, wanted);
    const part = await service.select(entries, wanted);
    const counts = { created: 0, exists: 0, invalid: 0, unknown: 0, refused: 0 };
    for await (const result of service.create(part, confirm)) {
      counts[result.outcome]++;
      console.log(lineOf(result));
    }
    const { created, exists, invalid, unknown, refused } = counts;
    const verb = confirm ? 'created' : 'would be created';
    console.log(
      `${created} structure(s) ${verb}, ${exists} exist, ${invalid + unknown + refused} number(s) without one.`,
    );
    if (!confirm) console.log('Nothing was changed: run it again with --confirm.');
    if (invalid + unknown + refused > 0) process.exitCode = 1;
  });
}

function lineOf({ finess, outcome, name, grouping }: FinessResult): string {
  if (outcome !== 'created') return `${finess} ${name} ${OUTCOMES[outcome]}`;
  return `${finess} ${name}${grouping ? ` (part of ${grouping})` : ''}`;
}

async function* entriesOf(files: readonly string[]): AsyncGenerator<FinessEntry> {
  for (const file of files)
    try {
      yield* readFiness(readInput(file));
    } catch (error) {
      if (error instanceof FinessFileFault) throw new CommandRefusal(`${file} ${FAULTS[error.fault]}`);
      throw unreadableFile(file, error);
    }
}

/** What the national directory knows of these numbers. */
async function* entriesOfDirectory(
  app: INestApplicationContext,
  numbers: readonly string[],
): AsyncGenerator<FinessEntry> {
  const directory = app.get(DirectoryOrganizationsService);
  if (!directory.isOffered)
    throw new CommandRefusal('Name the files of FINESS, or set ANNUAIRE_URL to ask the directory');
  try {
    for await (const { entity, ...one } of directory.find(numbers.map(plainNumber))) {
      yield { kind: 'establishment', ...one, entity: entity?.finess ?? '' };
      if (entity) yield { kind: 'entity', ...entity };
    }
  } catch (error) {
    if (!(error instanceof DirectoryPause)) throw error;
    const minutes = Math.ceil(error.milliseconds / MINUTE);
    throw new CommandRefusal(
      `The directory gave no answer (${error.message}): run it again in ${minutes} minute(s)`,
    );
  }
}

async function numbersOf(file: string): Promise<string[]> {
  const content = await text(readInput(file, { end: LARGEST_LIST })).catch((error: unknown) => {
    throw unreadableFile(file, error);
  });
  const lines = content.split(LINE_END).map((line) => line.trim());
  const numbers = lines.filter(Boolean);
  if (numbers.length === 0) throw new CommandRefusal(`${file} has no number: write one on each line`);
  if (numbers.length > MOST_NUMBERS || content.length > LARGEST_LIST)
    throw new CommandRefusal(`${file} has more than ${MOST_NUMBERS} numbers`);
  return numbers;
}
