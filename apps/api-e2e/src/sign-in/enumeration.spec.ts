import type { Answer } from '../harness/people/answer.types';
import type { Server } from '../harness/server/server';
import { engines, useStage } from '../harness/server/stage';
import type { Visitor } from '../harness/people/visitor';

const ROUNDS = 15;
/** A name that is spared the hash costs less than half the processor’s time. */
const FACTOR = 1.8;

/** The embedded engine says of no statement which request sent it. */
const describeWithMariadb = engines().includes('MariaDB') ? describe : describe.skip;

describe('a stranger', () => {
  const stage = useStage();

  const guess = (username: string, password = 'not-the-password') =>
    stage.visitor().post('/api/sign-in/password', { username, password });

  it('cannot distinguish an unknown name from a wrong password, an invitation or a deactivation', async () => {
    const people = {
      wrong: (await stage.person()).username,
      deactivated: (await stage.person({ status: 'DEACTIVATED' })).username,
      invited: (await stage.person({ status: 'INVITED' })).username,
    };
    const answers = [
      await guess('nobody.at.all'),
      ...(await Promise.all(Object.values(people).map((one) => guess(one)))),
    ];
    for (const answer of answers) expect(sight(answer)).toEqual(sight(answers[0]!));
  });

  it('with the right password cannot see that the account is deactivated or not yet open', async () => {
    const gone = await stage.person({ status: 'DEACTIVATED' });
    const invited = await stage.person({ status: 'INVITED' });
    const reference = sight(await guess('nobody.else'));
    for (const person of [gone, invited]) {
      expect(sight(await person.givePassword(stage.visitor()))).toEqual(reference);
      expect(person.mailCount()).toBe(0);
    }
  });

  it('is slowed down alike for a name that exists and one that does not', async () => {
    const known = (await stage.person()).username;
    const course = async (username: string) => {
      const outcomes = [];
      for (let turn = 0; turn < 5; turn++) {
        const answer = await guess(username);
        outcomes.push([answer.outcome, answer.body.retryAfterSeconds]);
        await stage.server.advance(100);
      }
      return outcomes;
    };
    const [one, other] = [await course(known), await course('nobody.known')];
    expect(one).toEqual(other);
    expect(one.at(-1)![0]).toBe('429 attempts.exceeded');
  });

  it('cannot lock an account holder out of the browser where they signed in before', async () => {
    const claire = await stage.person();
    const browser = stage.visitor();
    await claire.signIn(browser);
    for (let turn = 0; turn < 10; turn++) {
      await stage.server.advance(31 * 60_000);
      await guess(claire.username);
    }
    expect((await guess(claire.username)).outcome).toBe('429 attempts.exceeded');
    expect((await claire.givePassword(stage.visitor())).outcome).toBe('429 attempts.exceeded');
    expect((await claire.givePassword(browser)).body.status).toBe('signed-in');
  });

  it('gets no information from the response time', async () => {
    const people = Array.from({ length: ROUNDS }, async (_, round) => ({
      unknown: `nobody-${round}`,
      wrong: (await stage.person()).username,
      deactivated: (await stage.person({ status: 'DEACTIVATED' })).username,
    }));
    const costs: Record<string, number[]> = { unknown: [], wrong: [], deactivated: [] };
    for (const names of await Promise.all(people))
      for (const [kind, name] of Object.entries(names)) {
        const before = await stage.server.processorMs();
        await guess(name);
        costs[kind]!.push((await stage.server.processorMs()) - before);
      }
    const [least, ...others] = Object.values(costs)
      .map(median)
      .sort((one, other) => one - other);
    expect(others.at(-1)).toBeLessThan(least! * FACTOR);
  });

  describeWithMariadb.each([
    ['each browser', {}],
    ['the account', { CODE_WINDOW_SCOPE: 'account', ACCEPT_RISK: 'code-window-account' }],
  ])('where the 24 hours are for %s', (scope, environment: Record<string, string>) => {
    const statementsOf = async (username: string, browser: Visitor) => {
      const answer = await browser.post('/api/sign-in/password', { username, password: 'not-the-password' });
      expect(answer.outcome).toBe('401 credentials.rejected');
      return server.statements();
    };
    let server: Server;
    beforeAll(async () => {
      server = await stage.anotherServer(environment);
    }, 60_000);

    it.each(['new', 'known'])('causes the same statements by every name in a %s browser', async (kind) => {
      const mine = stage.visitor().through(server.url);
      if (kind === 'known') await (await stage.person()).signIn(mine);
      // The first failure from an address begins its window, whatever name it is for.
      await statementsOf(`nobody.first.${kind}`, mine.copy());
      const reference = await statementsOf(`nobody.${kind}.${scope.length}`, mine.copy());
      expect(reference.length).toBeGreaterThan(3);
      for (const status of ['ACTIVE', 'DEACTIVATED', 'INVITED']) {
        const { username } = await stage.person({ status });
        expect([status, await statementsOf(username, mine.copy())]).toEqual([status, reference]);
      }
    });
  });

  it('cannot learn from a cookie whether a name exists', async () => {
    const known = (await stage.person()).username;
    for (const name of [known, 'nobody.cookie']) expect((await guess(name)).cookies).toEqual([]);
  });
});

/** All that a stranger sees of an answer, but for what is new in each. */
function sight({ status, headers, body }: Answer): unknown {
  const { 'x-request-id': _id, date: _date, ...rest } = headers;
  return { status, headers: rest, body: { ...body, requestId: '' } };
}

function median(values: number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)]!;
}
