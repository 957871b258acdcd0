import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database } from '@portillon/persistence';
import { SessionLookUp } from './session.look-up';

interface Sent {
  ids: string[];
  answer(rows: { id: string }[]): void;
  fail(error: Error): void;
}

/** A database that answers when the test says so. */
function slowDatabase(): { sent: Sent[]; lookUp: SessionLookUp } {
  const sent: Sent[] = [];
  const rows = (_sql: string, ids: string[]) =>
    new Promise((resolve, reject) => sent.push({ ids, answer: resolve, fail: reject }));
  return { sent, lookUp: new SessionLookUp({ rows } as unknown as Database) };
}

describe('the look-up of sessions', () => {
  it('asks once for all that is looked up in one turn, and answers each with its own', async () => {
    const { sent, lookUp } = slowDatabase();
    const found = Promise.all(['a', 'b', 'nobody', 'a'].map((id) => lookUp.find(id)));
    await nextTurn();
    expect(sent.map((one) => one.ids)).toEqual([['a', 'b', 'nobody', 'a']]);
    sent[0]!.answer([{ id: 'b' }, { id: 'a' }]);
    expect(await found).toEqual([{ id: 'a' }, { id: 'b' }, undefined, { id: 'a' }]);
  });

  it('never answers from a statement that had left before it was asked', async () => {
    const { sent, lookUp } = slowDatabase();
    const before = lookUp.find('a');
    await nextTurn();
    const after = lookUp.find('a');
    await nextTurn();
    expect(sent).toHaveLength(2);
    sent[1]!.answer([]);
    expect(await after).toBeUndefined();
    sent[0]!.answer([{ id: 'a' }]);
    expect(await before).toEqual({ id: 'a' });
  });

  it('waits for no answer before it asks again', async () => {
    const { sent, lookUp } = slowDatabase();
    for (let turn = 0; turn < 5; turn++) {
      void lookUp.find(String(turn));
      await nextTurn();
    }
    expect(sent.map((one) => one.ids)).toEqual([['0'], ['1'], ['2'], ['3'], ['4']]);
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
    for (const one of sent) one.answer(one.ids.map((id) => ({ id })));
    expect(await found).toEqual(Array.from({ length: count }, (_, index) => ({ id: String(index) })));
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
    expect(await next).toEqual({ id: 'a' });
  });
});
