import { setTimeout as sleep } from 'node:timers/promises';
import { ThrowAwayMariadb } from '@portillon/testing';
import { Stage, useOwnMariadb } from './harness/stage';
import type { Visitor } from './harness/visitor';

const ROUNDS = 4;
const QUIET_MS = 120;

const onMariadb = ThrowAwayMariadb.available() ? describe : describe.skip;

onMariadb('a code is answered', () => {
  const own = useOwnMariadb();

  it.each([
    ['in one statement by the server that began the sign-in', 1, async () => undefined],
    ['in two by one that did not', 2, () => own.stage.restart()],
  ])(
    '%s, wrong or right',
    async (_, most, before) => {
      const counts: Record<string, number[]> = { wrong: [], right: [] };
      for (let round = 0; round < ROUNDS; round++) {
        const claire = await own.stage.person();
        // The first code of a person is written with more care, and one after a failure is read.
        for (const kind of ['right', 'right', 'wrong']) {
          const browser = own.stage.visitor();
          await claire.givePassword(browser);
          await before();
          const code = kind === 'wrong' ? claire.wrongCode() : claire.codeInMail();
          const earlier = await statementsOf(own.mariadb);
          await browser.post('/api/sign-in/code', { code });
          counts[kind]!.push((await statementsOf(own.mariadb)) - earlier);
        }
      }
      // The server's own housekeeping may add to one, never take from it.
      expect(Object.values(counts).map((each) => Math.min(...each))).toEqual([most, most]);
    },
    120_000,
  );
});

/** Time tells names apart when the work differs, and work is statements: these can be counted, time only guessed. */
onMariadb('a failed password costs the same statements', () => {
  let mariadb: ThrowAwayMariadb;

  beforeAll(async () => {
    mariadb = await ThrowAwayMariadb.start();
  }, 60_000);

  afterAll(() => mariadb?.stop());

  describe.each(['browser', 'account'])('where a code holds for the %s', (scope) => {
    let stage: Stage;

    beforeAll(async () => {
      stage = new Stage({ mariadb, environment: { CODE_WINDOW_SCOPE: scope } });
      await stage.open();
    }, 60_000);

    afterAll(() => stage?.close());

    const guess = (visitor: Visitor, username: string) =>
      visitor.post('/api/sign-in/password', { username, password: 'not-the-password' });

    it.each([
      ['in a new browser', async () => stage.visitor()],
      ['with the cookie of a browser that knows somebody', knowing],
    ])('for every name, %s', async (_, prepare) => {
      const visitor = await prepare();
      const names = {
        unknown: () => Promise.resolve(`nobody-${performance.now()}`),
        wrong: async () => (await stage.person()).username,
        deactivated: async () => (await stage.person({ status: 'DEACTIVATED' })).username,
        invited: async () => (await stage.person({ status: 'INVITED' })).username,
      };
      const counts: Record<string, number> = {};
      for (const [kind, name] of Object.entries(names)) {
        const rounds = [];
        for (let round = 0; round < ROUNDS; round++) {
          const username = await name();
          const before = await quiet();
          await guess(visitor, username);
          // What comes after the answer counts too: it must be the same for every name.
          rounds.push((await quiet()) - before);
        }
        // The server's own housekeeping may add to a round, never take from it.
        counts[kind] = Math.min(...rounds);
      }
      expect(counts).toEqual(Object.fromEntries(Object.keys(names).map((kind) => [kind, counts['wrong']])));
    });

    async function knowing(): Promise<Visitor> {
      const browser = stage.visitor();
      await (await stage.person()).signIn(browser);
      return browser;
    }
  });

  /** The count once the work that comes after an answer, such as the ledger of messages, is done. */
  async function quiet(): Promise<number> {
    for (let count = await statementsOf(mariadb); ;) {
      await sleep(QUIET_MS);
      const next = await statementsOf(mariadb);
      if (next === count) return count;
      count = next;
    }
  }
});

async function statementsOf(mariadb: ThrowAwayMariadb): Promise<number> {
  const rows = await mariadb.query("SHOW GLOBAL STATUS LIKE 'Com_stmt_execute'");
  return Number((rows as { Value: string }[])[0]!.Value);
}
