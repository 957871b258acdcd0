import { DAY, Keyring, MINUTE, SECOND, addMilliseconds } from '@portillon/kernel';
import { describeOnEveryEngine, SettableClock } from '@portillon/testing';
import { OtpChallengeEntity } from './otp-challenge.entity';
import { otpPersistence } from './otp.persistence';
import type { OtpService } from './otp.service';
import { afresh, NEW_KEY, OLD_KEY, otpOn, Person, signInRequest, wrong } from './testing/otp.fixture';

describeOnEveryEngine('a one-time code', [otpPersistence], (testDatabase) => {
  let clock: SettableClock;
  let otp: OtpService;
  let claire: Person;

  beforeEach(async () => {
    ({ clock, otp, claire } = await afresh(testDatabase));
  });

  describe('that is right', () => {
    it('is accepted once', async () => {
      const { challenge, code } = await claire.receive();
      expect(await claire.type(code)).toMatchObject({
        status: 'accepted',
        challengeId: challenge.id,
        sentAt: challenge.sentAt,
      });
      expect(await claire.use(challenge.id)).toBe(true);
      expect(await claire.use(challenge.id)).toBe(false);
      expect(await claire.type(code)).toEqual({ status: 'none' });
    });

    it('returns the context that its caller stored', async () => {
      const { code } = await claire.receive({ context: 'from the desk' });
      expect(await claire.type(code)).toMatchObject({ context: 'from the desk' });
    });

    it('shows its owner only the necessary facts', async () => {
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
        expiresAt: addMilliseconds(clock.now(), 10 * MINUTE),
        resendAvailableAt: addMilliseconds(clock.now(), 30 * SECOND),
        attemptsLeft: 5,
        codeLength: 6,
      });
      expect(await otp.current('sign-in', 'sign-in-1')).toEqual(challenge);
    });

    it('has the number of digits of the policy', async () => {
      const long = new Person(
        testDatabase,
        otpOn(testDatabase.dataSource, { clock, options: { digits: 10 } }),
      );
      const { challenge, code } = await long.receive();
      expect(code).toMatch(/^\d{10}$/);
      expect(challenge.codeLength).toBe(10);
      expect(await long.type(code)).toMatchObject({ status: 'accepted' });
    });

    it('is not stored, and neither is its destination', async () => {
      const { code } = await claire.receive();
      const [row] = await testDatabase.dataSource.query<Record<string, unknown>[]>(
        'SELECT * FROM otpChallenge',
      );
      const text = JSON.stringify({ ...row, id: '', codeDigest: '', destinationDigest: '' });
      expect(text).not.toContain(code);
      expect(text).not.toContain('claire.martin');
    });

    it('is still accepted as the last of the five tries', async () => {
      const { challenge, code } = await claire.receive();
      for (let time = 0; time < 4; time++) await claire.type(wrong(code));
      expect(await claire.type(code)).toMatchObject({ status: 'accepted' });
      expect(await claire.use(challenge.id)).toBe(true);
    });

    it('is accepted until the last millisecond of its life', async () => {
      const { challenge, code } = await claire.receive();
      clock.set(addMilliseconds(challenge.expiresAt, -1));
      expect(await claire.type(code)).toMatchObject({ status: 'accepted' });
      expect(await claire.use(challenge.id)).toBe(true);
    });

    it('works after a restart of the service', async () => {
      const { challenge, code } = await claire.receive();
      const restarted = new Person(testDatabase, otpOn(testDatabase.dataSource, { clock }));
      expect(await restarted.type(code)).toMatchObject({ status: 'accepted' });
      expect(await restarted.use(challenge.id)).toBe(true);
    });
  });

  describe('that is wrong', () => {
    it('is refused and uses one try, until none is left', async () => {
      const { code } = await claire.receive();
      const left = [];
      for (let time = 0; time < 5; time++) left.push(await claire.type(wrong(code)));
      expect(left).toEqual(
        [4, 3, 2, 1, 0].map((attemptsLeft) => ({ status: 'rejected', attemptsLeft, channel: 'EMAIL' })),
      );
      expect(await claire.type(code)).toEqual({ status: 'exhausted', channel: 'EMAIL' });
      expect(await otp.current('sign-in', 'sign-in-1')).toMatchObject({ attemptsLeft: 0 });
    });

    it.each([
      ['empty', () => ''],
      ['followed by a line feed', (code: string) => `${code}\n`],
      [
        'in other digits of Unicode',
        (code: string) => code.replace(/\d/g, (one) => String.fromCodePoint(0x660 + +one)),
      ],
      ['with a zero-width space inside', (code: string) => `${code.slice(0, 3)}\u200B${code.slice(3)}`],
      ['a number that rounds to it', (code: string) => `${code}.0`],
      ['SQL', () => "' OR '1'='1"],
      ['a wildcard', () => '%'],
      ['a lone surrogate', () => '\uD800'],
      ['a NUL', (code: string) => `${code}\0`],
      ['ten thousand digits', (code: string) => code.padEnd(10_000, '0')],
    ])('is refused, and counted, when it is %s', async (_, disguise) => {
      const { code } = await claire.receive();
      expect(await claire.type(disguise(code))).toEqual({
        status: 'rejected',
        attemptsLeft: 4,
        channel: 'EMAIL',
      });
    });

    it('is not checked when no code was requested', async () => {
      expect(await claire.type('123456')).toEqual({ status: 'none' });
      expect(await otp.current('sign-in', 'sign-in-1')).toBeUndefined();
    });
  });

  describe('of something else', () => {
    it('is refused for another purpose', async () => {
      const { code } = await claire.receive();
      expect(await claire.type(code, { purpose: 'session' })).toEqual({ status: 'none' });
      await claire.receive({ purpose: 'session' });
      expect(await claire.type(code, { purpose: 'session' })).toMatchObject({ status: 'rejected' });
    });

    it('is refused for another binding of the same person', async () => {
      const { code } = await claire.receive();
      await claire.receive({ binding: 'sign-in-2' });
      expect(await claire.type(code, { binding: 'sign-in-2' })).toMatchObject({ status: 'rejected' });
    });

    it('is refused for another person', async () => {
      const { code } = await claire.receive();
      const paul = new Person(testDatabase, otp, signInRequest({ subjectId: 'paul', binding: 'sign-in-2' }));
      await paul.receive();
      expect(await paul.type(code)).toMatchObject({ status: 'rejected' });
    });

    it('is refused when an attacker copied its digests to another row of the database', async () => {
      const { code } = await claire.receive();
      const { challenge } = await claire.receive({ binding: 'sign-in-2' });
      const rows = testDatabase.dataSource.getRepository(OtpChallengeEntity);
      const { codeDigest, destinationDigest } = await rows.findOneByOrFail({ binding: 'sign-in-1' });
      await rows.update({ id: challenge.id }, { codeDigest, destinationDigest });
      expect(await claire.type(code, { binding: 'sign-in-2' })).toMatchObject({ status: 'rejected' });
    });

    it.each(['purpose', 'subjectId', 'binding', 'destinationDigest'])(
      'is refused once its %s was altered in the database',
      async (column) => {
        const { code } = await claire.receive();
        const paul = new Person(
          testDatabase,
          otp,
          signInRequest({ subjectId: 'session', binding: 'elsewhere' }),
        );
        await paul.receive();
        const rows = testDatabase.dataSource.getRepository(OtpChallengeEntity);
        await rows.update({ binding: 'sign-in-1' }, { [column]: 'session' });
        const changes = column === 'purpose' || column === 'binding' ? { [column]: 'session' } : {};
        expect(await claire.type(code, changes)).toMatchObject({ status: 'rejected' });
      },
    );
  });

  describe('made by an older key', () => {
    const withKeys = (...keys: (typeof OLD_KEY)[]) =>
      new Person(testDatabase, otpOn(testDatabase.dataSource, { clock, keyring: new Keyring(keys) }));

    it('is accepted while the key is in the ring, and new ones are made by the first key', async () => {
      const { code } = await claire.receive();
      const rotated = withKeys(NEW_KEY, OLD_KEY);
      expect(await rotated.type(code)).toMatchObject({ status: 'accepted' });
      await rotated.receive({ binding: 'sign-in-2' });
      const rows = await testDatabase.dataSource.query<{ codeDigest: string }[]>(
        'SELECT codeDigest FROM otpChallenge ORDER BY binding',
      );
      expect(rows.map(({ codeDigest }) => codeDigest.split('.')[0])).toEqual(['old', 'new']);
    });

    it('is refused by an instance without its key, and still accepted by one that has it', async () => {
      const { challenge, code } = await claire.receive();
      await expect(withKeys(NEW_KEY).type(code)).rejects.toMatchObject({ code: 'service.busy' });
      expect(await withKeys(OLD_KEY).type(code)).toMatchObject({ status: 'accepted' });
      expect((await otp.current('sign-in', challenge.binding))?.attemptsLeft).toBe(4);
    });
  });

  describe('whose time is over', () => {
    it('is refused, even if it is correct', async () => {
      const { challenge, code } = await claire.receive();
      clock.set(challenge.expiresAt);
      expect(await claire.type(code)).toEqual({ status: 'expired', channel: 'EMAIL' });
      expect(await otp.current('sign-in', 'sign-in-1')).toBeUndefined();
    });

    it('is not used when it expires between comparison and use', async () => {
      const { challenge, code } = await claire.receive();
      expect(await claire.type(code)).toMatchObject({ status: 'accepted' });
      clock.set(challenge.expiresAt);
      expect(await claire.use(challenge.id)).toBe(false);
    });

    it('stays expired when the clock steps back', async () => {
      const { challenge, code } = await claire.receive();
      clock.set(challenge.expiresAt);
      await claire.type(code);
      clock.set(challenge.sentAt);
      expect(await claire.type(code)).toEqual({ status: 'expired', channel: 'EMAIL' });
      expect(await claire.use(challenge.id)).toBe(false);
    });

    it('opens for a server whose clock is up to five minutes behind that of the one that sent it', async () => {
      const { challenge, code } = await claire.receive();
      clock.set(addMilliseconds(challenge.sentAt, -2 * MINUTE));
      expect(await otp.current('sign-in', 'sign-in-1')).toMatchObject({ id: challenge.id });
      expect(await claire.type(code)).toMatchObject({ status: 'accepted' });
    });

    it('is neither checked nor ended by a server whose clock is further behind', async () => {
      const { challenge, code } = await claire.receive();
      clock.set(addMilliseconds(challenge.sentAt, -5 * MINUTE - 1));
      await expect(claire.type(code)).rejects.toMatchObject({ code: 'service.busy' });
      clock.set(challenge.sentAt);
      expect(await claire.type(code)).toMatchObject({ status: 'accepted', challengeId: challenge.id });
    });

    it('stays used when the clock steps back', async () => {
      const { challenge, code } = await claire.receive();
      await claire.type(code);
      clock.advance(MINUTE);
      await claire.use(challenge.id);
      clock.set(challenge.sentAt);
      expect(await claire.use(challenge.id)).toBe(false);
      expect(await claire.type(code)).toEqual({ status: 'none' });
    });

    it('is deleted a day later, batch by batch, and not before', async () => {
      for (const binding of ['one', 'two', 'three']) await claire.receive({ binding });
      clock.advance(DAY);
      await claire.receive({ binding: 'four' });
      expect(await otp.purge(10)).toBe(0);
      clock.advance(10 * MINUTE + 1);
      expect([await otp.purge(2), await otp.purge(2), await otp.purge(2)]).toEqual([2, 1, 0]);
      expect(await testDatabase.dataSource.query('SELECT binding FROM otpChallenge')).toEqual([
        { binding: 'four' },
      ]);
    });
  });

  describe('that was never compared', () => {
    it('is not used: the comparison cannot be skipped', async () => {
      const { challenge } = await claire.receive();
      expect(await claire.use(challenge.id)).toBe(false);
      expect(await claire.use('no-such-challenge')).toBe(false);
    });
  });

  it('has tables that match its entities', async () => {
    expect(await testDatabase.migrator.drift()).toEqual([]);
  });

  it('has migrations that can be reverted and repeated', async () => {
    const names = otpPersistence.migrations.map((migration) => migration.name);
    for (let left = names.length; left > 0; left--) await testDatabase.migrator.undoLast();
    expect(await testDatabase.migrator.migrate()).toEqual(names);
  });
});
