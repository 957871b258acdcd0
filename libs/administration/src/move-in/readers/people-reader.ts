import { nameKey } from '@portillon/kernel';
import { parseStrictJson } from '@portillon/http';
import { CsvColumns } from '../../imports/csv-columns';
import { moveInPerson, MoveInPerson, personOfJson } from '../move-in-line';
import { MoveInFault } from '../move-in-texts';
import type { ReadOptions } from './attributes';
import { keycloakPeople } from './keycloak-reader';
import { ldifPeople } from './ldif-reader';
import { FileBytes, recordsOf, textLines } from './text-source';

type PeopleReader = (bytes: FileBytes, options: ReadOptions) => AsyncGenerator<MoveInPerson>;

/** The formats of files that move in. */
export type MoveInFormat = 'csv' | 'jsonl' | 'keycloak' | 'ldif';

const LONGEST_LINE = 16 * 1024;
const FORMAT_OF: Readonly<Record<string, MoveInFormat>> = {
  csv: 'csv',
  jsonl: 'jsonl',
  ndjson: 'jsonl',
  json: 'keycloak',
  ldif: 'ldif',
};
const READERS: Record<MoveInFormat, PeopleReader> = {
  csv: csvPeople,
  jsonl: jsonPeople,
  keycloak: keycloakPeople,
  ldif: ldifPeople,
};

/** The format of a file by the ending of its name, if it has a usual one. */
export function formatOf(path: string): MoveInFormat | undefined {
  return FORMAT_OF[path.slice(path.lastIndexOf('.') + 1).toLowerCase()];
}

/**
 * Reads the people of a file, one after the other. A structure that the file of structures names is replaced.
 *
 * @throws MoveInFault with the line from which the file cannot be read
 */
export async function* readPeople(
  bytes: FileBytes,
  format: MoveInFormat,
  options: ReadOptions,
): AsyncGenerator<MoveInPerson> {
  const mapped = (text: string) => options.structures.get(nameKey(text)) ?? text;
  for await (const person of READERS[format](bytes, options)) {
    const { content } = person;
    if (content.structure) content.structure = mapped(content.structure);
    for (const place of content.memberships) place.structure = mapped(place.structure);
    yield person;
  }
}

/** Reads a file of two columns, group and structure. @throws MoveInFault */
export async function readStructureMap(bytes: FileBytes): Promise<Map<string, string>> {
  const map = new Map<string, string>();
  for await (const { cells, line } of recordsOf(bytes)) {
    const [group = '', structure = ''] = cells.map((cell) => cell.trim());
    if (cells.length !== 2 || !group || !structure) throw new MoveInFault(line, 'map');
    map.set(nameKey(group), structure);
  }
  return map;
}

async function* csvPeople(bytes: FileBytes): AsyncGenerator<MoveInPerson> {
  let columns: CsvColumns | undefined;
  for await (const { cells, line } of recordsOf(bytes)) {
    if (columns) yield moveInPerson(line, columns.reader(cells));
    else columns = headerOf(cells, line);
  }
  if (!columns) throw new MoveInFault(1, 'header');
}

function headerOf(cells: string[], line: number): CsvColumns {
  try {
    return new CsvColumns(cells);
  } catch {
    throw new MoveInFault(line, 'header');
  }
}

async function* jsonPeople(bytes: FileBytes): AsyncGenerator<MoveInPerson> {
  for await (const { line, text, isCut } of textLines(bytes, LONGEST_LINE)) {
    if (isCut) throw new MoveInFault(line, 'long-line');
    if (text.trim() !== '') yield personOfJson(line, jsonObject(text, line));
  }
}

/** @throws MoveInFault for a member that is doubled, too */
function jsonObject(text: string, line: number): Record<string, unknown> {
  let value: unknown;
  try {
    value = parseStrictJson(Buffer.from(text));
  } catch {
    throw new MoveInFault(line, 'json');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new MoveInFault(line, 'json-object');
  return { ...value };
}
