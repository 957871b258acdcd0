import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import type { Database } from './database';
import { Departure, LookUp, lookUpsOf, Question } from './look-up';

interface Sent {
  sql: string;
  ids: string[];
  answer(rows: { id: string }[]): void;
  fail(error: Error): void;
}

/** A database that answers when the test says so. */
function slowDatabase(departure: Departure = 'at-once') {
  const sent: Sent[] = [];
  const ask = ({ sql, values }: Question) =>
    new Promise<unknown[]>((answer, fail) => sent.push({ sql, ids: values as string[], answer, fail }));
  const readTogether = (questions: Question[]) => Promise.all(questions.map(ask));
  const database = { readTogether } as unknown as Database;
  Object.assign(database, { lookUps: lookUpsOf(database, 1) });
  const of = (table: string) => (list: string) => `SELECT id FROM ${table} WHERE id IN (${list})`;
  const lookUp = (table: string, leaves = departure) =>
    new LookUp<{ id: string }>(database, of(table), (row) => row.id, leaves);
  return { sent, lookUp: lookUp('one'), other: lookUp('other'), hurried: lookUp('other', 'soon') };
}

describe('a look-up', () => {
  it('asks once for all that is looked up in one turn, and answers each with its own', async () => {
    const { sent, lookUp } = slowDatabase();
    const found = Promise.all(['a', 'b', 'nobody', 'a'].map((id) => lookUp.find(id)));
    await nextTurn();
    expect(sent.map((one) => one.ids)).toEqual([['a', 'b', 'nobody', 'a']]);
    sent[0]!.answer([{ id: 'b' }, { id: 'a' }]);
    expect(await found).toEqual([[{ id: 'a' }], [{ id: 'b' }], [], [{ id: 'a' }]]);
  });

  it('never answers from a statement that had left before it was asked', async () => {
    const { sent, lookUp } = slowDatabase();
    const before = lookUp.find('a');
    await nextTurn();
    const after = lookUp.find('a');
    await nextTurn();
    expect(sent).toHaveLength(2);
    sent[1]!.answer([]);
    expect(await after).toEqual([]);
    sent[0]!.answer([{ id: 'a' }]);
    expect(await before).toEqual([{ id: 'a' }]);
  });

  it('waits for no answer before it asks again', async () => {
    const { sent, lookUp } = slowDatabase();
    for (let turn = 0; turn < 5; turn++) {
      void lookUp.find(String(turn));
      await nextTurn();
    }
    expect(sent.map((one) => one.ids)).toEqual([['0'], ['1'], ['2'], ['3'], ['4']]);
  });

  it('that waits is gathered with those who ask while a trip is on its way', async () => {
    const { sent, lookUp } = slowDatabase('soon');
    const first = lookUp.find('a');
    await nextTurn();
    const later = Promise.all([lookUp.find('b'), lookUp.find('a')]);
    await nextTurn();
    expect(sent).toHaveLength(1);
    sent[0]!.fail(new Error('gone'));
    await expect(first).rejects.toThrow('gone');
    await nextTurn();
    expect(sent[1]!.ids).toEqual(['b', 'a']);
    sent[1]!.answer([{ id: 'a' }, { id: 'b' }]);
    expect(await later).toEqual([[{ id: 'b' }], [{ id: 'a' }]]);
  });

  it('that waits goes with every other kind of its moment, each kind in a statement of its own', async () => {
    const { sent, lookUp, other } = slowDatabase('soon');
    const found = Promise.all([lookUp.find('a'), other.find('c'), lookUp.find('b')]);
    await nextTurn();
    expect(sent.map((one) => one.ids)).toEqual([
      ['a', 'b'],
      ['c', 'c'],
    ]);
    sent[0]!.answer([{ id: 'b' }]);
    sent[1]!.answer([{ id: 'c' }]);
    expect(await found).toEqual([[], [{ id: 'c' }], [{ id: 'b' }]]);
  });

  it('that waits asks by the same statements, whichever kind came first and however many of each', async () => {
    const [one, two] = [slowDatabase('soon'), slowDatabase('soon')];
    void one.other.find('d');
    for (const id of ['a', 'b', 'c']) void one.lookUp.find(id);
    for (const id of ['a', 'b', 'c', 'd']) void two.lookUp.find(id);
    void two.other.find('e');
    await nextTurn();
    expect(one.sent.map(({ ids }) => ids)).toEqual([
      ['a', 'b', 'c', 'a'],
      ['d', 'd', 'd', 'd'],
    ]);
    expect(two.sent.map(({ sql }) => sql)).toEqual(one.sent.map(({ sql }) => sql));
  });

  it('gives every row of a key, in the order of the statement', async () => {
    const { sent, lookUp } = slowDatabase();
    const found = lookUp.find('a');
    await nextTurn();
    const [one, other] = [
      { id: 'a', round: 2 },
      { id: 'a', round: 1 },
    ];
    sent[0]!.answer([one, other]);
    expect(await found).toEqual([one, other]);
  });

  it.each([
    [1, [1]],
    [2, [2]],
    [3, [4]],
    [5, [8]],
    [17, [32]],
    [32, [32]],
    [33, [32, 1]],
    [100, [32, 32, 32, 4]],
  ])('asks for %d in lists of %j', async (count, sizes) => {
    const { sent, lookUp } = slowDatabase();
    const found = Promise.all(Array.from({ length: count }, (_, index) => lookUp.find(String(index))));
    await nextTurn();
    expect(sent.map((one) => one.ids.length)).toEqual(sizes);
    for (const one of sent) one.answer([...new Set(one.ids)].map((id) => ({ id })));
    expect(await found).toEqual(Array.from({ length: count }, (_, index) => [{ id: String(index) }]));
  });

  it('in no hurry leaves a moment later with those of that moment', async () => {
    const { sent, lookUp, other } = slowDatabase('in-company');
    void lookUp.find('a');
    await nextTurn();
    void other.find('b');
    await nextTurn();
    expect(sent).toEqual([]);
    await sleep(10);
    expect(sent.map(({ ids }) => ids)).toEqual([['a'], ['b']]);
  });

  it('in no hurry goes with the next one that is', async () => {
    const { sent, lookUp, hurried } = slowDatabase('in-company');
    void lookUp.find('a');
    void hurried.find('b');
    await nextTurn();
    expect(sent.map(({ ids }) => ids)).toEqual([['a'], ['b']]);
  });

  it('tells everyone who waits of a failure, and nobody else', async () => {
    const { sent, lookUp } = slowDatabase();
    const failed = Promise.allSettled([lookUp.find('a'), lookUp.find('b')]);
    await nextTurn();
    const next = lookUp.find('a');
    await nextTurn();
    sent[0]!.fail(new Error('gone'));
    sent[1]!.answer([{ id: 'a' }]);
    expect((await failed).map((one) => one.status)).toEqual(['rejected', 'rejected']);
    expect(await next).toEqual([{ id: 'a' }]);
  });
});
