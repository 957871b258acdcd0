import { LineGroup } from './line-group';

/** Writes when it is told to, and remembers what. */
function writer() {
  const statements: unknown[][][] = [];
  const ends: ((error?: Error) => void)[] = [];
  const group = new LineGroup<unknown[]>((lines) => {
    statements.push(lines);
    return new Promise<void>((resolve, reject) => ends.push((error) => (error ? reject(error) : resolve())));
  });
  const end = async (error?: Error) => {
    ends.shift()!(error);
    await new Promise(setImmediate);
  };
  return { group, statements, end };
}

describe('lines of the journal that come together', () => {
  it('are written at once when they come alone', async () => {
    const { group, statements, end } = writer();
    const written = group.add(['a']);
    expect(statements).toEqual([[['a']]]);
    await end();
    await expect(written).resolves.toBeUndefined();
  });

  it('are written together when they come while another is written', async () => {
    const { group, statements, end } = writer();
    const all = ['a', 'b', 'c'].map((line) => group.add([line]));
    await end();
    expect(statements).toEqual([[['a']], [['b'], ['c']]]);
    await end();
    await Promise.all(all);
  });

  it('are told of their own failure, and the next ones are written', async () => {
    const { group, end } = writer();
    const [lost, kept] = [group.add(['a']), group.add(['b'])];
    const told = expect(lost).rejects.toThrow('disk full');
    await end(new Error('disk full'));
    await told;
    await end();
    await expect(kept).resolves.toBeUndefined();
  });

  it('are not answered before they are written', async () => {
    const { group } = writer();
    const state = await Promise.race([group.add(['a']).then(() => 'written'), Promise.resolve('waiting')]);
    expect(state).toBe('waiting');
  });

  it('never make a statement longer than 16 lines', async () => {
    const { group, statements, end } = writer();
    const all = Array.from({ length: 40 }, (_, index) => group.add([index]));
    for (let turn = 0; turn < 4; turn++) await end();
    await Promise.all(all);
    expect(statements.map((lines) => lines.length)).toEqual([1, 16, 16, 7]);
  });
});
