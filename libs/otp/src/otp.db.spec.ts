import { MINUTE, SECOND, shift } from '@portillon/kernel';
import { describeOnEveryEngine, SettableClock } from '@portillon/testing';
import type { Otp } from './otp';
import { otpPersistence } from './otp.persistence';
import { otpOn, Person } from './testing/otp.fixture';

describeOnEveryEngine('a one-time code', [otpPersistence], (bench) => {
  let clock: SettableClock;
  let otp: Otp;
  let claire: Person;

  beforeEach(async () => {
    await bench.database.execute('DELETE FROM otpChallenge');
    await bench.database.execute('DELETE FROM otpSubject');
    clock = new SettableClock();
    otp = otpOn(bench.database, { clock });
    claire = new Person(bench, otp);
  });

  it('is accepted, used once, and no more after', async () => {
    const { challenge, code } = await claire.receive();
    expect(await claire.type(code)).toEqual({
      status: 'accepted',
      challenge: { ...challenge, attemptsLeft: 4 },
    });
    expect(await claire.use(challenge.id)).toBe(true);
    expect(await claire.use(challenge.id)).toBe(false);
    expect(await claire.type(code)).toEqual({ status: 'none' });
  });

  it('shows what its owner needs and nothing more', async () => {
    const { challenge } = await claire.receive();
    expect(challenge).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      purpose: 'sign-in',
      subjectId: 'claire',
      binding: 'sign-in-1',
      channel: 'EMAIL',
      destinationHint: 'c•••@hopital.example',
      reference: expect.stringMatching(/^[CFHJKMNPRTWXY3479]{4}$/),
      sentAt: clock.now(),
      expiresAt: shift(clock.now(), 10 * MINUTE),
      resendAvailableAt: shift(clock.now(), 30 * SECOND),
      attemptsLeft: 5,
      codeLength: 6,
    });
    expect(await otp.current('sign-in', 'sign-in-1')).toEqual(challenge);
  });

  it('is stored nowhere, nor is its destination', async () => {
    const { code } = await claire.receive();
    const [row] = await bench.database.rows<Record<string, unknown>>('SELECT * FROM otpChallenge');
    const text = JSON.stringify({ ...row, id: '', codeDigest: '', destinationDigest: '' });
    expect(text).not.toContain(code);
    expect(text).not.toContain('claire.martin');
  });
});
