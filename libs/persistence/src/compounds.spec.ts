import { Compounds } from './compounds';
import type { Question } from './look-up';
import type { PoolStatements } from './mysql-statements';

/** A server that answers every statement alike. */
function compoundsOn(answer: () => Promise<unknown> = async () => []) {
  const asked: Question[] = [];
  const run = (sql: string, values: string[]) => {
    asked.push({ sql, values });
    return answer();
  };
  return { asked, compounds: new Compounds({ run } as unknown as PoolStatements) };
}

const about = (thing: string, ...values: string[]): Question => ({ sql: `SELECT ${thing}`, values });
const pair = (thing: string) => [about(thing, 'a', 'b'), about('other', 'c')];

describe('questions that go as one', () => {
  it('are one statement with the values of all, in their order', async () => {
    const { asked, compounds } = compoundsOn(async () => [['first'], ['second'], {}]);
    expect((await compounds.read(compounds.oneOf(pair('this'))!)).slice(0, 2)).toEqual([
      ['first'],
      ['second'],
    ]);
    expect(asked).toEqual([
      { sql: 'BEGIN NOT ATOMIC SELECT this; SELECT other; END', values: ['a', 'b', 'c'] },
    ]);
  });

  it('are not one when there is but one', () => {
    expect(compoundsOn().compounds.oneOf([about('this')])).toBeUndefined();
  });

  it('are as one in 100 combinations, which stay so, and alone in any other', () => {
    const { compounds } = compoundsOn();
    const asOne = (count: number) =>
      Array.from({ length: count }, (_, index) => compounds.oneOf(pair(String(index)))).filter(Boolean);
    expect([asOne(100).length, asOne(5_000).length]).toEqual([100, 100]);
    expect(compounds.oneOf(pair('99'))).toBeDefined();
    expect(compounds.oneOf(pair('100'))).toBeUndefined();
  });

  it.each(['ER_UNSUPPORTED_PS', 'ER_PARSE_ERROR'])(
    'are never asked again of a server that says %s',
    async (code) => {
      const { compounds } = compoundsOn(() => Promise.reject({ code }));
      const known = compounds.oneOf(pair('this'))!;
      await expect(compounds.read(known)).rejects.toEqual({ code });
      expect([compounds.areTaken, compounds.oneOf(pair('this'))]).toEqual([false, undefined]);
    },
  );

  it.each(['ER_LOCK_DEADLOCK', 'ER_DUP_ENTRY', 'ER_NO_SUCH_TABLE', 'PROTOCOL_CONNECTION_LOST', undefined])(
    'are asked again after any other failure: %s',
    async (code) => {
      const { compounds } = compoundsOn(() => Promise.reject({ code }));
      await expect(compounds.read(compounds.oneOf(pair('this'))!)).rejects.toEqual({ code });
      expect([compounds.areTaken, compounds.oneOf(pair('this'))]).toEqual([true, expect.anything()]);
    },
  );
});
