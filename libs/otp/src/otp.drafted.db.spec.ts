import { SECOND } from '@portillon/kernel';
import { atOnce, describeOnEveryEngine, SettableClock } from '@portillon/testing';
import type { Draft, Foreseen, Standing } from './one-time-code';
import type { Otp } from './otp';
import { otpPersistence } from './otp.persistence';
import { afresh, Person, signInRequest, wrong } from './testing/otp.fixture';

describeOnEveryEngine(
  'a code that is judged as it was drafted, and not read',
  [otpPersistence],
  (bench, engine) => {
    let clock: SettableClock;
    let otp: Otp;
    let claire: Person;

    beforeEach(async () => {
      ({ clock, otp, claire } = await afresh(bench));
      await claire.receive({ binding: 'earlier' });
    });

    async function placed(): Promise<Draft> {
      const draft = otp.draft(signInRequest());
      await bench.database.transaction((tx) => otp.place(draft, tx));
      return draft;
    }

    const foresee = (code: string, standing: Standing) =>
      otp.foresee({ purpose: 'sign-in', binding: 'sign-in-1', code }, standing);

    const settle = async (foreseen: Foreseen) =>
      Boolean(
        await bench.database.inOneTrip((tx) => Promise.all([otp.settle(foreseen, tx)]), { shared: true }),
      );

    it('stands as it does when it is read', async () => {
      const draft = await placed();
      const read = await otp.standing('sign-in', 'sign-in-1');
      expect(otp.freshStanding(draft).row).toMatchObject({ ...read.row });
    });

    if (engine !== 'MariaDB') return;

    it('takes wrong ones and then the right one, each from where the one before left it', async () => {
      const draft = await placed();
      let standing = otp.freshStanding(draft);
      const left = [];
      for (let time = 0; time < 4; time++) {
        const foreseen = foresee(wrong(draft.code), standing)!;
        expect(await settle(foreseen)).toBe(true);
        left.push(foreseen.outcome.status === 'rejected' && foreseen.outcome.attemptsLeft);
        standing = foreseen.after;
      }
      expect(left).toEqual([4, 3, 2, 1]);
      const right = foresee(draft.code, standing)!;
      expect(right.outcome.status).toBe('accepted');
      expect(await settle(right)).toBe(true);
      expect(await settle(right)).toBe(false);
      expect((await otp.standing('sign-in', 'sign-in-1')).row).toMatchObject({ state: 'USED', failures: 0 });
    });

    it('foresees nothing more once five wrong ones were settled', async () => {
      const draft = await placed();
      let standing = otp.freshStanding(draft);
      for (let time = 0; time < 5; time++) {
        const foreseen = foresee(wrong(draft.code), standing)!;
        expect(await settle(foreseen)).toBe(true);
        standing = foreseen.after;
      }
      for (const code of [draft.code, wrong(draft.code)]) expect(foresee(code, standing)).toBeUndefined();
    });

    it.each([
      ['tried', (draft: Draft) => claire.type(wrong(draft.code))],
      ['replaced', async () => (clock.advance(30 * SECOND), claire.receive())],
      ['voided', () => bench.database.transaction((tx) => otp.voidAll('claire', tx))],
      ['used', (draft: Draft) => claire.type(draft.code).then(() => claire.use(draft.challenge.id))],
      ['locked with its person', () => failures('failures = 10, lockedUntilAt = ?', later())],
      ['of a person who failed at another', () => failures('failures = 1, lockedUntilAt = ?', null)],
    ])('comes to nothing, right or wrong, once it was %s', async (_, happens) => {
      const draft = await placed();
      const standing = otp.freshStanding(draft);
      await happens(draft);
      const before = await bench.database.rows('SELECT state, tries FROM otpChallenge');
      for (const code of [draft.code, wrong(draft.code)])
        expect(await settle(foresee(code, standing)!)).toBe(false);
      expect(await bench.database.rows('SELECT state, tries FROM otpChallenge')).toEqual(before);
    });

    it('tells one of 16 who try at once from the same draft', async () => {
      const draft = await placed();
      const standing = otp.freshStanding(draft);
      const { results, errors } = await atOnce(16, () => settle(foresee(wrong(draft.code), standing)!));
      expect(errors).toEqual([]);
      expect(results.filter(Boolean)).toHaveLength(1);
    });

    const later = () => new Date(clock.now().getTime() + 60 * SECOND);
    const failures = (set: string, until: Date | null) =>
      bench.database.execute(`UPDATE otpSubject SET ${set}`, [until]);
  },
);
