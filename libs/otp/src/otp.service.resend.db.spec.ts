import { MINUTE, SECOND, addMilliseconds } from '@portillon/kernel';
import { describeOnEveryEngine, SettableClock } from '@portillon/testing';
import { otpPersistence } from './otp.persistence';
import type { OtpService } from './otp.service';
import { afresh, Person, signInRequest } from './testing/otp.fixture';

describeOnEveryEngine('another code', [otpPersistence], (testDatabase) => {
  let clock: SettableClock;
  let otp: OtpService;
  let claire: Person;

  beforeEach(async () => {
    ({ clock, otp, claire } = await afresh(testDatabase));
  });

  it('voids the earlier one', async () => {
    const earlier = await claire.receive();
    expect(await claire.type(earlier.code)).toMatchObject({ status: 'accepted' });
    clock.advance(30 * SECOND);
    const { challenge, code } = await claire.receive();
    expect(await claire.use(earlier.challenge.id)).toBe(false);
    expect(await otp.current('sign-in', 'sign-in-1')).toEqual(challenge);
    expect(await claire.type(code)).toMatchObject({
      status: 'accepted',
      challengeId: challenge.id,
      sentAt: challenge.sentAt,
    });
  });

  it('waits for 30 seconds by mail, then twice as long each time', async () => {
    for (const seconds of [30, 60, 120]) {
      const { challenge } = await claire.receive();
      const retryAt = addMilliseconds(clock.now(), seconds * SECOND);
      expect(challenge.resendAvailableAt).toEqual(retryAt);
      clock.set(addMilliseconds(retryAt, -1));
      expect(await claire.ask()).toEqual({ status: 'too-soon', retryAt });
      clock.set(retryAt);
    }
    expect(await claire.ask()).toMatchObject({ status: 'issued' });
  });

  it('waits for a minute by SMS', async () => {
    const { challenge } = await claire.receive({ channel: 'SMS' });
    expect(challenge.resendAvailableAt).toEqual(addMilliseconds(clock.now(), MINUTE));
    clock.advance(30 * SECOND);
    expect(await claire.ask({ channel: 'SMS' })).toMatchObject({ status: 'too-soon' });
  });

  it('is sent at once by the other channel, when the SMS does not arrive', async () => {
    await claire.receive({ channel: 'SMS' });
    const byMail = await claire.receive({ channel: 'EMAIL' });
    expect(byMail.challenge.channel).toBe('EMAIL');
    expect(await claire.ask({ channel: 'SMS' })).toMatchObject({ status: 'too-soon' });
    expect(await claire.ask({ channel: 'EMAIL' })).toMatchObject({ status: 'too-soon' });
    expect(await claire.type(byMail.code)).toMatchObject({ status: 'accepted' });
  });

  it('leaves the earlier one valid when it is requested too soon', async () => {
    const { challenge, code } = await claire.receive();
    await claire.ask();
    expect(await otp.current('sign-in', 'sign-in-1')).toEqual(challenge);
    expect(await claire.type(code)).toMatchObject({ status: 'accepted' });
  });

  it('must wait even if the earlier one was voided or has expired', async () => {
    await claire.receive();
    await testDatabase.transactions.run((tx) => otp.voidAll('claire', tx));
    expect(await claire.ask()).toMatchObject({ status: 'too-soon' });
  });

  it('needs no wait after the earlier one was used', async () => {
    const { challenge, code } = await claire.receive();
    await claire.type(code);
    await claire.use(challenge.id);
    const next = await claire.receive();
    expect(next.challenge.resendAvailableAt).toEqual(addMilliseconds(clock.now(), 30 * SECOND));
  });

  it('needs no wait if the earlier message was not sent, unlike that of another person', async () => {
    const paul = new Person(testDatabase, otp, signInRequest({ subjectId: 'paul', binding: 'sign-in-2' }));
    const { challenge } = await claire.receive();
    await paul.receive();
    clock.advance(SECOND);
    await otp.allowResend(challenge.id);
    expect(await claire.ask()).toMatchObject({ status: 'issued' });
    expect(await paul.ask()).toMatchObject({ status: 'too-soon' });
  });

  it('must wait also for a caller who wrongly claims a new binding', async () => {
    await claire.receive({ isFirst: true });
    expect(await claire.ask({ isFirst: true })).toMatchObject({ status: 'too-soon' });
  });

  it('touches no code of another binding, purpose or person', async () => {
    const paul = new Person(testDatabase, otp, signInRequest({ subjectId: 'paul', binding: 'sign-in-2' }));
    const others = [await paul.receive(), await claire.receive({ purpose: 'session' })];
    await claire.receive();
    clock.advance(30 * SECOND);
    await claire.receive();
    expect(await otp.current('sign-in', 'sign-in-2')).toEqual(others[0]!.challenge);
    expect(await otp.current('session', 'sign-in-1')).toEqual(others[1]!.challenge);
  });

  it('leaves nothing behind when its transaction is rolled back', async () => {
    const undone = testDatabase.transactions.run(async (tx) => {
      await otp.issue(claire.request, tx);
      throw new Error('the message cannot be written');
    });
    await expect(undone).rejects.toThrow('the message cannot be written');
    expect(await testDatabase.dataSource.query('SELECT id FROM otpChallenge')).toEqual([]);
    expect(await claire.ask()).toMatchObject({ status: 'issued' });
  });

  it('keeps the earlier one good when its transaction is rolled back', async () => {
    const { challenge } = await claire.receive();
    clock.advance(30 * SECOND);
    const undone = testDatabase.transactions.run(async (tx) => {
      await otp.issue(claire.request, tx);
      throw new Error('change of mind');
    });
    await expect(undone).rejects.toThrow('change of mind');
    expect(await otp.current('sign-in', 'sign-in-1')).toEqual(challenge);
  });

  describe('after a change of address or number', () => {
    it('is the only valid one: it voids all open ones of the person, and none of other people', async () => {
      const paul = new Person(testDatabase, otp, signInRequest({ subjectId: 'paul', binding: 'sign-in-3' }));
      const pauls = await paul.receive();
      const first = await claire.receive();
      const second = await claire.receive({ binding: 'sign-in-2' });
      await claire.type(first.code);
      await testDatabase.transactions.run((tx) => otp.voidAll('claire', tx));
      expect(await claire.use(first.challenge.id)).toBe(false);
      expect(await claire.type(second.code, { binding: 'sign-in-2' })).toEqual({ status: 'none' });
      expect(await paul.type(pauls.code)).toMatchObject({ status: 'accepted' });
    });
  });
});
