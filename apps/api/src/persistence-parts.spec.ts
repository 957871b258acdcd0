import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getMetadataArgsStorage } from 'typeorm';
import { PERSISTENCE_PARTS } from './persistence-parts';
import { RETENTIONS } from '@portillon/operation';

const LIBS = join(__dirname, '../../../libs');
const LIST = readFileSync(join(__dirname, 'persistence-parts.ts'), 'utf8');

/** The parts that the libs declare, by name. */
const declaredParts = () =>
  readdirSync(LIBS, { recursive: true, encoding: 'utf8' })
    .filter((file) => /^[\w-]+\/src\/.*\.persistence\.ts$/.test(file))
    .map((file) => /export const (\w+): PersistencePart/.exec(readFileSync(join(LIBS, file), 'utf8'))![1]);

const TABLES = PERSISTENCE_PARTS.flatMap(({ tables }) => tables);

/** A class and those that it extends: they declare its columns together. */
const lineage = (entity: NewableFunction): NewableFunction[] =>
  entity === Function.prototype ? [] : [entity, ...lineage(Object.getPrototypeOf(entity) as NewableFunction)];

describe('every table', () => {
  it('is in the list of the server: add the part of its lib to persistence-parts.ts', () => {
    expect(declaredParts().filter((name) => !LIST.includes(`  ${name},\n`))).toEqual([]);
  });
  it('has one class for each column, and none for what is no column', () => {
    const columns = TABLES.map(({ entity }) => getMetadataArgsStorage().filterColumns(lineage(entity)));
    expect(TABLES.map(({ columns: all }) => all.flatMap(({ names }) => names).sort())).toEqual(
      columns.map((all) => all.map(({ propertyName }) => propertyName).sort()),
    );
  });

  it('declares each duration that it is kept by, or that the signed statement lists', () => {
    const missing = TABLES.flatMap(({ entity, kept, stated = {}, durations = {} }) => {
      const used = [...[...kept.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!), ...Object.values(stated)];
      return used.filter((name) => !(name in durations)).map((name) => `${entity.name}: ${name}`);
    });
    expect(missing).toEqual([]);
    const listed = TABLES.flatMap(({ stated = {} }) => Object.keys(stated));
    expect(listed.sort()).toEqual(Object.keys(RETENTIONS).sort());
  });
});
