import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getMetadataArgsStorage } from 'typeorm';
import { PERSISTENCE_PARTS } from './persistence-parts';

const LIBS = join(__dirname, '../../../libs');
const LIST = readFileSync(join(__dirname, 'persistence-parts.ts'), 'utf8');

/** The table of an entity. */
const tableOf = (entity: object) =>
  getMetadataArgsStorage().tables.find(({ target }) => target === entity)!.name!;

/** The parts that the libs declare, by name. */
const declaredParts = () =>
  readdirSync(LIBS, { recursive: true, encoding: 'utf8' })
    .filter((file) => /^[\w-]+\/src\/.*\.persistence\.ts$/.test(file))
    .map((file) => /export const (\w+): PersistencePart/.exec(readFileSync(join(LIBS, file), 'utf8'))![1]);

describe('every table', () => {
  it('is in the list of the server: add the part of its lib to persistence-parts.ts', () => {
    expect(declaredParts().filter((name) => !LIST.includes(`  ${name},\n`))).toEqual([]);
  });

  it('is emptied or kept after a restore: its lib says which, in afterRestore of its PersistencePart', () => {
    const tables = PERSISTENCE_PARTS.flatMap(({ entities }) => entities).map(tableOf);
    const said = PERSISTENCE_PARTS.flatMap(({ afterRestore }) => [
      ...(afterRestore?.emptied ?? []),
      ...(afterRestore?.kept ?? []),
    ]).map(tableOf);
    expect(said.sort()).toEqual(tables.sort());
  });
});
