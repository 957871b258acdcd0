import { DAY, HOUR, issueToken, MINUTE, SECOND } from '@portillon/kernel';
import { describeOnEveryEngine } from '@portillon/testing';
import { sessionPersistence } from '../session.persistence';
import { hostileTexts, SessionFixture } from '../testing/session.fixture';
import { TrustedDeviceEntity } from './trusted-device.entity';

describeOnEveryEngine('remembered browsers', [sessionPersistence], (testDatabase) => {
  let fixture: SessionFixture;
  const recognise = (cookie: string | undefined, accountId = 'claire') =>
    fixture.browsers.recognise(cookie, accountId);
  const status = async (cookie: string | undefined, accountId?: string) =>
    (await recognise(cookie, accountId)).status;

  beforeEach(async () => {
    fixture = new SessionFixture(testDatabase.dataSource);
    await fixture.empty();
  });

  describe('recognising', () => {
    it('knows the browser of the person who gave a code in it', async () => {
      const { id, token } = await fixture.remember();
      expect(await recognise(token)).toEqual({
        status: 'recognised',
        browser: (await fixture.browsers.list('claire'))[0],
        token,
      });
      const device = { userAgent: 'Firefox', address: '192.0.2.1' };
      expect(await fixture.browsers.list('claire')).toMatchObject([{ id, device }]);
    });

    it('asks another person in the same browser for a code', async () => {
      const { token } = await fixture.remember();
      expect(await status(token, 'paul')).toBe('unknown');
    });

    it('takes the first token of a person who is there twice, each with its own secret', async () => {
      const [one, other] = [await fixture.remember(), await fixture.remember()];
      for (const [first, second] of [[one, other] as const, [other, one] as const])
        expect(await recognise(`${first.token}~${second.token}`)).toMatchObject({
          browser: { id: first.id },
        });
    });

    it('does not extend its life: a cookie without the password keeps no browser trusted', async () => {
      const { token } = await fixture.remember();
      const seen = async () => {
        await recognise(token);
        return (await fixture.browsers.list('claire'))[0]?.lastUsedAt;
      };
      const remembered = fixture.clock.now();
      fixture.clock.advance(HOUR);
      expect(await seen()).toEqual(remembered);
      fixture.clock.advance(DAY);
      const codeOver = fixture.clock.now();
      expect(await seen()).toEqual(codeOver);
      fixture.clock.advance(DAY);
      expect(await seen()).toEqual(codeOver);
    });

    it('keeps twenty people of one browser apart', async () => {
      const people = Array.from({ length: 20 }, (_, at) => `person-${at}`);
      let cookie: string | undefined;
      for (const person of people) {
        cookie = fixture.browsers.writeCookie(cookie, (await fixture.remember(person)).token);
      }
      const found = await Promise.all(people.map((person) => recognise(cookie, person)));
      expect(found.map((one) => one.status === 'recognised' && one.browser.accountId)).toEqual(people);
    });

    it('never throws, and refuses forged texts', async () => {
      const { token } = await fixture.remember();
      const [id] = token.split('.');
      for (const text of hostileTexts(token)) expect(await status(text)).not.toBe('recognised');
      expect(await status(undefined)).toBe('unknown');
      // A made-up secret must not end another person's series: it is no copy of the cookie.
      expect(await status(`${id}.${'A'.repeat(43)}`)).toBe('unknown');
      expect(await status(issueToken(fixture.random).value)).toBe('unknown');
      expect(await status(`${'x'.repeat(50)}~${token}`)).toBe('recognised');
    });

    it('refuses tokens of a session or of a sign-in', async () => {
      expect(await status((await fixture.open()).token)).toBe('unknown');
      expect(await status((await fixture.start()).token)).toBe('unknown');
      const { token } = await fixture.remember();
      expect(await fixture.sessions.find(token)).toBeUndefined();
    });

    it('stores no secret', async () => {
      const { token } = await fixture.remember();
      const next = await fixture.rotateBrowser(token);
      const rows = JSON.stringify(await testDatabase.dataSource.query('SELECT * FROM rememberedBrowser'));
      expect(rows).not.toContain(token.split('.')[1]);
      expect(rows).not.toContain(next!.split('.')[1]);
    });

    it('forgets a browser in which the person has not signed in for 90 days', async () => {
      const { token } = await fixture.remember();
      fixture.clock.advance(90 * DAY - 1);
      expect(await status(token)).toBe('recognised');
      fixture.clock.advance(90 * DAY);
      expect(await status(token)).toBe('unknown');
      expect(await fixture.rotateBrowser(token)).toBeUndefined();
      expect(await fixture.browsers.list('claire')).toEqual([]);
    });
  });

  describe('the window of a code', () => {
    const browserOf = async (cookie: string | undefined) => {
      const outcome = await recognise(cookie);
      return outcome.status === 'recognised' ? outcome.browser : undefined;
    };

    it('lasts 24 hours from the code, and no use extends it', async () => {
      let { token } = await fixture.remember();
      const acceptedAt = fixture.clock.now();
      for (let hours = 0; hours < 23; hours++) {
        fixture.clock.advance(HOUR);
        token = (await fixture.rotateBrowser(token))!;
      }
      expect(await browserOf(token)).toMatchObject({
        codeStillValid: true,
        codeValidUntilAt: new Date(acceptedAt.getTime() + DAY),
      });
      fixture.clock.advance(HOUR);
      expect(await browserOf(token)).toMatchObject({ codeStillValid: false });
    });

    it('does not open again when the clock steps back', async () => {
      const { token } = await fixture.remember();
      fixture.clock.advance(DAY);
      expect((await browserOf(token))?.codeStillValid).toBe(false);
      fixture.clock.advance(-HOUR);
      expect((await browserOf(token))?.codeStillValid).toBe(false);
      const next = await fixture.rotateBrowser(token);
      expect((await browserOf(next))?.codeStillValid).toBe(false);
    });

    it('starts again with the next code', async () => {
      const { id, token } = await fixture.remember();
      fixture.clock.advance(DAY);
      const next = await fixture.rotateBrowser(token, fixture.clock.now());
      expect(await browserOf(next)).toMatchObject({ id, codeStillValid: true });
      fixture.clock.advance(DAY);
      const codeAcceptedAt = fixture.clock.now();
      expect(await fixture.inOne((tx) => fixture.browsers.refresh(id, codeAcceptedAt, tx))).toBe(true);
      expect(await browserOf(next)).toMatchObject({ codeAcceptedAt, codeStillValid: true });
    });

    it('is never open when the deployment asks for a code each time', async () => {
      const strict = new SessionFixture(testDatabase.dataSource, { codeWindowMs: 0 });
      const { token } = await strict.remember();
      expect(await strict.browsers.recognise(token, 'claire')).toMatchObject({
        browser: { codeStillValid: false },
      });
    });
  });

  describe('the secret', () => {
    it('changes at each use; the one before is good for 60 s, for another tab', async () => {
      const { token } = await fixture.remember();
      const next = await fixture.rotateBrowser(token);
      expect(next).not.toBe(token);
      fixture.clock.advance(MINUTE - 1);
      expect(await status(token)).toBe('recognised');
      expect(await status(next)).toBe('recognised');
      fixture.clock.advance(1);
      expect(await status(token)).toBe('reused');
      expect(await status(next)).toBe('recognised');
    });

    it('is followed by the same next one for two tabs with the same secret', async () => {
      const { token } = await fixture.remember();
      const next = await fixture.rotateBrowser(token);
      fixture.clock.advance(30 * SECOND);
      expect(await fixture.rotateBrowser(token, fixture.clock.now())).toBe(next);
      expect((await fixture.browsers.list('claire'))[0]?.codeAcceptedAt).toEqual(fixture.clock.now());
    });

    it('gives no next one for an earlier secret that comes too late', async () => {
      const { token } = await fixture.remember();
      await fixture.rotateBrowser(token);
      fixture.clock.advance(MINUTE);
      expect(await fixture.rotateBrowser(token)).toBeUndefined();
      fixture.clock.advance(-MINUTE);
      expect(await fixture.rotateBrowser(issueToken(fixture.random).value)).toBeUndefined();
      expect(await fixture.rotateBrowser('no token')).toBeUndefined();
    });

    it('reveals a copy: a secret older than the previous one is reported as reused, even within the 60 s', async () => {
      // The secrets of another browser are not those of this one.
      await fixture.remember();
      const { id, token } = await fixture.remember();
      const second = await fixture.rotateBrowser(token);
      await fixture.rotateBrowser(second!);
      expect(await recognise(token)).toEqual({ status: 'reused', browserId: id });
      expect(await fixture.rotateBrowser(token)).toBeUndefined();
    });

    it('still recognises a copy after twenty more sign-ins', async () => {
      const { id, token } = await fixture.remember();
      let next = token;
      for (let time = 0; time < 21; time++) next = (await fixture.rotateBrowser(next))!;
      expect(await recognise(token)).toEqual({ status: 'reused', browserId: id });
      expect(await status(next)).toBe('recognised');
      await fixture.rotateBrowser(next);
      const [row] = await testDatabase.dataSource.getRepository(TrustedDeviceEntity).find();
      expect(row?.formerDigests).toHaveLength(20);
    });

    it('gives no access once the series has ended, and is not stored', async () => {
      const { id, token } = await fixture.remember();
      const next = await fixture.rotateBrowser((await fixture.rotateBrowser(token))!);
      expect(await fixture.browsers.end(id, 'reused')).toBe(true);
      expect(await fixture.browsers.end(id, 'reused')).toBe(false);
      expect([await status(token), await status(next)]).toEqual(['unknown', 'unknown']);
      expect([await fixture.rotateBrowser(token), await fixture.rotateBrowser(next!)]).toEqual([
        undefined,
        undefined,
      ]);
      const codeAcceptedAt = fixture.clock.now();
      expect(await fixture.inOne((tx) => fixture.browsers.refresh(id, codeAcceptedAt, tx))).toBe(false);
      const [row] = await testDatabase.dataSource.getRepository(TrustedDeviceEntity).find();
      expect(row).toMatchObject({
        secretDigest: null,
        previousDigest: null,
        formerDigests: null,
        rotationSalt: null,
      });
    });
  });

  describe('the list of a person', () => {
    it('has the latest used first, and what the person ends leaves it', async () => {
      const first = await fixture.remember();
      fixture.clock.advance(1);
      const second = await fixture.remember();
      const ids = async () => (await fixture.browsers.list('claire')).map((browser) => browser.id);
      expect(await ids()).toEqual([second.id, first.id]);
      fixture.clock.advance(1);
      await fixture.rotateBrowser(first.token);
      expect(await ids()).toEqual([first.id, second.id]);
      expect(await fixture.browsers.endOf('paul', first.id, 'forgotten')).toBe(false);
      expect(await fixture.browsers.endOf('claire', first.id, 'forgotten')).toBe(true);
      expect(await ids()).toEqual([second.id]);
    });

    it('is deleted with an erased person, and stays for others', async () => {
      await fixture.remember();
      await fixture.remember('paul');
      await fixture.inOne((tx) => fixture.browsers.erase('claire', tx));
      const rows = await testDatabase.dataSource.getRepository(TrustedDeviceEntity).find();
      expect(rows.map(({ accountId }) => accountId)).toEqual(['paul']);
    });

    it('is emptied by one action, and no other person’s is', async () => {
      await fixture.remember();
      await fixture.remember();
      await fixture.remember('paul');
      const endAll = () => fixture.inOne((tx) => fixture.browsers.endAll('claire', 'forgotten', tx));
      expect([await endAll(), await endAll()]).toEqual([2, 0]);
      expect(await fixture.browsers.list('claire')).toEqual([]);
      expect(await fixture.browsers.list('paul')).toHaveLength(1);
    });
  });

  it('is purged when unused for 90 days, and deleted 30 days after, in batches', async () => {
    for (let count = 0; count < 3; count++) await fixture.remember();
    fixture.clock.advance(90 * DAY);
    const { token } = await fixture.remember();
    expect([
      await fixture.browsers.purge(2),
      await fixture.browsers.purge(2),
      await fixture.browsers.purge(2),
    ]).toEqual([2, 1, 0]);
    fixture.clock.advance(30 * DAY + 1);
    expect([
      await fixture.browsers.purge(2),
      await fixture.browsers.purge(2),
      await fixture.browsers.purge(2),
    ]).toEqual([2, 1, 0]);
    expect(await status(token)).toBe('recognised');
  });
});
