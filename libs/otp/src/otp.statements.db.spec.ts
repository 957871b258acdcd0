import { MINUTE } from '@portillon/kernel';
import { describeOnEveryEngine, SettableClock } from '@portillon/testing';
import type { Otp } from './otp';
import { otpPersistence } from './otp.persistence';
import { afresh, otpOn, signInRequest, wrong } from './testing/otp.fixture';
import { WatchedDatabase } from './testing/watched-database';

describeOnEveryEngine('the statements of the code step', [otpPersistence], (bench) => {
  let watched: WatchedDatabase;
  let clock: SettableClock;
  let otp: Otp;

  beforeEach(async () => {
    watched = new WatchedDatabase(bench.database);
    ({ clock, otp } = await afresh(bench, watched));
  });

  async function statementsOf<Result>(
    work: () => Promise<Result>,
  ): Promise<{ result: Result; seen: string[] }> {
    watched.seen.length = 0;
    const result = await work();
    return { result, seen: [...watched.seen] };
  }

  const issue = (binding: string) => watched.transaction((tx) => otp.issue(signInRequest({ binding }), tx));
  const codeOf = (issued: Awaited<ReturnType<typeof issue>>) =>
    issued.status === 'issued' ? issued.code : '';
  const embedded = () => bench.database.dialect === 'sqlite';

  it('are one to issue, two to check, right or wrong, and one to consume', async () => {
    await issue('the first ever');
    const issued = await statementsOf(() => issue('sign-in-1'));
    expect(issued.seen).toEqual(['INSERT']);
    const code = codeOf(issued.result);
    const count = embedded() ? ['SELECT', 'UPDATE', 'UPDATE'] : ['SELECT', 'UPDATE'];
    const typed = (text: string) => otp.check({ purpose: 'sign-in', binding: 'sign-in-1', code: text });
    expect((await statementsOf(() => typed(wrong(code)))).seen).toEqual(count);
    const checked = await statementsOf(() => typed(code));
    expect(checked.seen).toEqual(count);
    const id = (checked.result as { challengeId: string }).challengeId;
    const consumed = await statementsOf(() => watched.transaction((tx) => otp.consume(id, tx)));
    expect(consumed).toEqual({ result: true, seen: embedded() ? ['UPDATE', 'UPDATE'] : ['UPDATE'] });
  });

  it('are one to refuse what cannot be accepted', async () => {
    await issue('sign-in-1');
    await otp.check({ purpose: 'sign-in', binding: 'sign-in-1', code: '' });
    for (let time = 0; time < 4; time++)
      await otp.check({ purpose: 'sign-in', binding: 'sign-in-1', code: '' });
    const { result, seen } = await statementsOf(() =>
      otp.check({ purpose: 'sign-in', binding: 'sign-in-1', code: '' }),
    );
    expect([result, seen]).toEqual([{ status: 'exhausted', channel: 'EMAIL' }, ['SELECT']]);
  });

  it('are few for the first code of a person, and for another code', async () => {
    expect((await statementsOf(() => issue('sign-in-1'))).seen).toEqual([
      'INSERT',
      'SELECT',
      'INSERT',
      'INSERT',
    ]);
    clock.advance(MINUTE);
    expect((await statementsOf(() => issue('sign-in-1'))).seen).toEqual([
      'INSERT',
      'SELECT',
      'UPDATE',
      'INSERT',
    ]);
  });

  it('compare nothing that was replaced between the reading and the counting', async () => {
    const issued = await issue('sign-in-1');
    clock.advance(MINUTE);
    const other = otpOn(bench.database, { clock });
    watched.before = {
      pattern: /^\s*UPDATE otpChallenge/,
      act: () => bench.database.transaction((tx) => other.issue(signInRequest({ binding: 'sign-in-1' }), tx)),
    };
    // The embedded engine counts in a transaction, which the replacing one would wait for: there, nothing comes between.
    if (embedded()) return;
    const checked = await otp.check({ purpose: 'sign-in', binding: 'sign-in-1', code: codeOf(issued) });
    expect(checked).toEqual({ status: 'rejected', attemptsLeft: 4, channel: 'EMAIL' });
    expect(await bench.database.rows('SELECT state, tries FROM otpChallenge ORDER BY round')).toEqual([
      { state: 'REPLACED', tries: 0 },
      { state: 'OPEN', tries: 1 },
    ]);
  });
});
