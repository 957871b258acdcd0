import { HOUR, MINUTE, addMilliseconds } from '@portillon/kernel';
import { describeOnEveryEngine, SettableClock } from '@portillon/testing';
import { otpPersistence } from './otp.persistence';
import type { OtpService } from './otp.service';
import { afresh, Person, signInRequest, unansweredOn } from './testing/otp.fixture';
import type { CodesBy } from './otp.types';

const CLAIRE = { subjectId: 'claire' };
const HOSPITAL = { source: '192.0.2.1' };

describeOnEveryEngine('codes that were sent and not entered', [otpPersistence], (testDatabase) => {
  let clock: SettableClock;
  let otp: OtpService;
  let bindings = 0;

  beforeEach(async () => void ({ clock, otp } = await afresh(testDatabase)));

  const sent = async (changes: Parameters<typeof signInRequest>[0] = {}) => {
    clock.advance(MINUTE);
    const person = new Person(
      testDatabase,
      otp,
      signInRequest({ binding: `binding-${bindings++}`, ...changes }),
    );
    return { ...(await person.receive()), person };
  };
  const count = async (by: CodesBy, since = addMilliseconds(clock.now(), -HOUR)) =>
    (await unansweredOn(testDatabase.dataSource, clock).list(by, since, 100)).length;

  it('are counted by person, by source, by prefix, and by where they went', async () => {
    await sent({ ...HOSPITAL, prefix: '+336' });
    await sent({ subjectId: 'paul', ...HOSPITAL });
    await sent({ purpose: 'session' });
    const there = { channel: 'EMAIL', destination: signInRequest().destination } as const;
    expect(await count(CLAIRE)).toBe(2);
    expect(await count(HOSPITAL)).toBe(2);
    expect(await count({ prefix: '+336' })).toBe(1);
    expect(await count(there)).toBe(3);
    expect(await count({ ...there, purposes: ['session'] })).toBe(1);
    expect(await count({ ...there, channel: 'SMS' })).toBe(0);
  });

  it('are the newest first, as many as are asked for, since the moment that is named', async () => {
    const [first, , third] = [await sent(), await sent(), await sent()];
    const unanswered = unansweredOn(testDatabase.dataSource, clock);
    const since = addMilliseconds(first.challenge.sentAt, -1);
    const codes = await unanswered.list(CLAIRE, since, 2);
    expect(codes[0]).toMatchObject({ purpose: 'sign-in', channel: 'EMAIL', sentAt: third.challenge.sentAt });
    expect(codes).toHaveLength(2);
    expect(await unanswered.sentAtPlace(CLAIRE, since, 3)).toEqual(first.challenge.sentAt);
    expect(await unanswered.sentAtPlace(CLAIRE, since, 4)).toBeUndefined();
    expect(await count(CLAIRE, first.challenge.sentAt)).toBe(2);
  });

  it('count only codes that left and were not entered: expired, replaced and void ones too', async () => {
    const entered = await sent();
    await entered.person.type(entered.code);
    await entered.person.use(entered.challenge.id);
    await otp.allowResend((await sent()).challenge.id);
    await sent();
    await testDatabase.transactions.run((tx) => otp.voidAll('claire', tx));
    expect(await count(CLAIRE)).toBe(1);
  });

  it('are counted no more once an operator says so, and neither others nor the next one are forgotten', async () => {
    await sent(HOSPITAL);
    await sent();
    await unansweredOn(testDatabase.dataSource, clock).uncount(HOSPITAL, addMilliseconds(clock.now(), -HOUR));
    expect([await count(HOSPITAL), await count(CLAIRE)]).toEqual([0, 1]);
    await sent(HOSPITAL);
    expect([await count(HOSPITAL), await count(CLAIRE)]).toEqual([1, 2]);
  });

  it('are kept under keyed digests: the table has no source and no number', async () => {
    await sent({ ...HOSPITAL, prefix: '+336123456' });
    const rows = JSON.stringify(await testDatabase.dataSource.query('SELECT * FROM otpChallenge'));
    expect(rows).not.toMatch(/192\.0\.2\.1|\+336123456/);
  });
});
