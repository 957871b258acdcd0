import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database } from './database';
import { LookUp } from './look-up';

interface Sent {
  ids: string[];
  answer(rows: { id: string }[]): void;
  fail(error: Error): void;
}

/** A database that answers when the test says so. */
function slowDatabase(lanes?: number): { sent: Sent[]; lookUp: LookUp<{ id: string }> } {
  const sent: Sent[] = [];
  const rows = (_sql: string, ids: string[]) =>
    new Promise((resolve, reject) => sent.push({ ids, answer: resolve, fail: reject }));
  const select = (list: string) => `SELECT id FROM thing WHERE id IN (${list})`;
  return { sent, lookUp: new LookUp({ rows } as unknown as Database, select, (row) => row.id, lanes) };
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

  it('with one lane gathers those who ask while a statement is on its way', async () => {
    const { sent, lookUp } = slowDatabase(1);
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
