import { getMetadataArgsStorage } from 'typeorm';
import { PERSISTENCE_PARTS } from './persistence-parts';

/** The table of an entity. */
const tableOf = (entity: object) =>
  getMetadataArgsStorage().tables.find(({ target }) => target === entity)!.name!;

describe('every table', () => {
  it('is emptied or kept after a restore: its lib says which, in afterRestore of its PersistencePart', () => {
    const tables = PERSISTENCE_PARTS.flatMap(({ entities }) => entities).map(tableOf);
    const said = PERSISTENCE_PARTS.flatMap(({ afterRestore }) => [
      ...(afterRestore?.emptied ?? []),
      ...(afterRestore?.kept ?? []),
    ]).map(tableOf);
    expect(said.sort()).toEqual(tables.sort());
  });
});
