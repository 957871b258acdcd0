import { describeOnEveryEngine } from '@portillon/testing';
import { gatePersistence } from './gate.persistence';

describeOnEveryEngine('the tables of the gate', [gatePersistence], (database) => {
  it('are those of the entities, and can be undone and made again', async () => {
    expect(await database.migrator.drift()).toEqual([]);
    await database.migrator.undoLast();
    expect(await database.migrator.migrate()).toEqual(['CreateGate1764000015001']);
    expect(await database.migrator.drift()).toEqual([]);
  });
});
