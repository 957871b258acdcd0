import { atOnce, describeOnEveryEngine, openMigrated } from '@portillon/testing';
import { LookUp } from './look-up';
import { COUNTER, increment, insert } from './testing/counter';
import { Wire } from './testing/wire';
import type { TypeOrmDatabase } from './typeorm-database';

interface Counter {
  id: string;
  hits: number;
}

describeOnEveryEngine('what goes as one statement', [COUNTER], (bench, engine) => {
  let wire: Wire | undefined;
  let database: TypeOrmDatabase;

  beforeEach(async () => {
    await bench.database.execute('DELETE FROM counter');
    await atOnce(4, (index) => bench.database.execute(insert, [`a ${index}`, index]));
    if (engine === 'MariaDB') wire = await Wire.to(bench.url);
    database = await openMigrated(wire?.url ?? bench.url, [COUNTER]);
  });

  afterEach(async () => {
    await database.close();
    await wire?.close();
  });

  const hits = (id: string) => database.row('SELECT hits FROM counter WHERE id = ?', [id]);

  /** Six look-ups of two kinds, of one moment. */
  async function lookUps() {
    const above = (least: number) => (list: string) =>
      `SELECT id, hits FROM counter WHERE hits > ${least} AND id IN (${list})`;
    const [one, other] = [0, 1].map((least) => new LookUp<Counter>(database, above(least), (row) => row.id));
    const ids = ['a 1', 'nobody', 'a 2'];
    const found = await Promise.all([...ids.map((id) => one!.find(id)), ...ids.map((id) => other!.find(id))]);
    return found.map((rows) => rows.map((row) => row.hits));
  }

  const ANSWERS = [[1], [], [2], [], [], [2]];
  const addTwice = () =>
    database.inOneTrip((tx) => Promise.all([tx.claim(increment, ['a 1']), tx.claim(increment, ['a 2'])]));

  it('answers each look-up with its own', async () => {
    expect(await lookUps()).toEqual(ANSWERS);
    if (wire) expect(wire.compounds).toBe(1);
  });

  if (engine !== 'MariaDB') return;

  it('is asked once of a server that takes none, and answered the same one by one', async () => {
    wire!.takesCompounds = false;
    for (let turn = 0; turn < 3; turn++) expect(await lookUps()).toEqual(ANSWERS);
    expect(wire!.compounds).toBe(1);
  });

  it('leaves nothing behind on such a server when it is a transaction, which then goes the ordinary way', async () => {
    wire!.takesCompounds = false;
    for (let turn = 0; turn < 3; turn++) expect(await addTwice()).toBeUndefined();
    expect([await hits('a 1'), await hits('a 2'), wire!.compounds]).toEqual([{ hits: 1 }, { hits: 2 }, 1]);
    expect(await lookUps()).toEqual(ANSWERS);
    expect(wire!.compounds).toBe(1);
  });

  it('is asked again of a server that takes it, though one of them failed', async () => {
    await expect(
      database.readTogether([
        { sql: 'SELECT hits FROM counter', values: [] },
        { sql: 'SELECT hits FROM nowhere', values: [] },
      ]),
    ).rejects.toMatchObject({ code: 'ER_NO_SUCH_TABLE' });
    expect(await lookUps()).toEqual(ANSWERS);
    expect(await addTwice()).toHaveLength(2);
    expect(wire!.compounds).toBe(3);
  });

  it('is prepared in 100 combinations at most; any other is answered the same one by one', async () => {
    for (let kind = 0; kind < 110; kind++) {
      const hits = { sql: `SELECT hits FROM counter WHERE hits < 10 + ${kind} AND id = ?`, values: ['a 3'] };
      const answers = await database.readTogether([hits, { ...hits, values: ['nobody'] }]);
      expect(answers.slice(0, 2)).toEqual([[{ hits: 3 }], []]);
    }
    expect(wire!.compounds).toBe(100);
  });
});
