import { AppError, DAY, HOUR, MINUTE, addMilliseconds } from '@portillon/kernel';
import { notificationPersistence } from './notification.persistence';
import { OutgoingMessage } from './message.types';
import { describeOutbox } from './testing/describe-outbox';
import { CODE, mail, sms } from './testing/messages';

describeOutbox('the outbox', (fixture) => {
  describe('keeps a message', () => {
    it('encrypted until it is sent, and then not at all', async () => {
      const one = fixture.start();
      await one.enqueue(sms(), { accountId: 'account-1', when: 'later' });
      const [waiting] = await fixture.rows();
      expect(waiting!.payload).toMatch(/^k1\./);
      await one.dispatcher.dispatchPending(1);
      const [left] = await fixture.rows();
      expect(left).toMatchObject({
        kind: 'sign-in.code',
        channel: 'SMS',
        accountId: 'account-1',
        state: 'SENT',
        payload: null,
        provider: 'outlet',
        reference: 'ref-1',
        reason: null,
      });
      for (const row of [waiting, left]) {
        expect(JSON.stringify(row)).not.toMatch(new RegExp(`${CODE}|612345678|Portillon`));
      }
    });

    it('for now without its content, claimed by its writer from the first', async () => {
      await fixture.start().enqueue(sms());
      const dueAt = addMilliseconds(fixture.clock.now(), MINUTE);
      expect(await fixture.rows()).toMatchObject([{ state: 'SENDING', payload: null, rounds: 1, dueAt }]);
    });

    it('no longer when it failed, or no answer arrived', async () => {
      const one = fixture.start({ limits: { retries: 0 } });
      for (const status of ['refused', 'unconfirmed'] as const) {
        fixture.outlet.answer = () => ({ status, reason: 'because' });
        await one.send(sms());
        const [latest] = (await fixture.rows()).reverse();
        expect(latest).toMatchObject({ payload: null, reason: 'because', settledAt: fixture.clock.now() });
      }
      expect(await fixture.states()).toEqual(['FAILED', 'UNCONFIRMED']);
    });

    it('under a digest that groups messages by recipient, and no address', async () => {
      const one = fixture.start();
      for (const to of ['+33612345678', '+33612345678', '+33612345679']) await one.enqueue(sms({ to }));
      expect(new Set((await fixture.rows()).map((row) => row.destinationDigest)).size).toBe(2);
    });

    it('bound to its row: a payload moved to another cannot be decrypted', async () => {
      const one = fixture.start();
      await one.enqueue(sms({ text: 'of another person' }), { when: 'later' });
      const { id: mine } = await one.enqueue(sms(), { when: 'later' });
      const [other] = await fixture.rows();
      await fixture.table.update({ id: mine }, { payload: other!.payload });
      await one.dispatcher.dispatchPending(10);
      expect(await fixture.states()).toEqual(['SENT', 'FAILED']);
      expect(fixture.outlet.sent).toHaveLength(1);
    });

    it("in the caller's transaction: after a rollback nothing is stored or sent", async () => {
      const one = fixture.start();
      const doomed = fixture.database.transactions.run(async (tx) => {
        await one.notifications.enqueue(sms(), { kind: 'sign-in.code', accountId: null }, tx);
        throw new Error('change of mind');
      });
      await expect(doomed).rejects.toThrow('change of mind');
      fixture.clock.advance(2 * HOUR);
      expect(await one.dispatcher.dispatchPending(10)).toBe(0);
      expect(await fixture.rows()).toEqual([]);
      expect(fixture.outlet.sent).toEqual([]);
    });
  });

  describe('refuses', () => {
    it('a channel that is not configured, and stores nothing', async () => {
      const one = fixture.start({ sms: [] });
      expect(one.notifications.available('SMS')).toBe(false);
      await expect(one.enqueue(sms())).rejects.toMatchObject({ code: 'channel.unavailable' });
      await expect(one.enqueue(mail())).rejects.toMatchObject({ code: 'channel.unavailable' });
      expect(await fixture.rows()).toEqual([]);
    });

    it.each([
      ['a header in the address', mail({ to: 'a@b.example\r\nBcc: c@d.example' })],
      ['an SMS in two parts', sms({ text: 'a'.repeat(161) })],
    ])('%s', async (_, message) => {
      const one = fixture.start({ mail: [{ name: 'relay', send: jest.fn() }] });
      await expect(one.enqueue(message)).rejects.toBeInstanceOf(AppError);
      expect(await fixture.rows()).toEqual([]);
    });

    it.each(['', 'Sign in', 'a'.repeat(65), "x'--"])('the kind %j', async (kind) => {
      await expect(fixture.start().enqueue(sms(), { kind })).rejects.toBeInstanceOf(AppError);
    });

    it('a result for a message that does not exist', async () => {
      const nowhere = new OutgoingMessage('nowhere', fixture.clock.now());
      await expect(fixture.start().notifications.deliver(nowhere)).rejects.toMatchObject({
        code: 'internal',
      });
    });
  });

  describe('sends', () => {
    it('and writes each result to its own row before it answers', async () => {
      const one = fixture.start({ limits: { retries: 0 } });
      const ends: unknown[] = [];
      for (let turn = 0; turn < 5; turn++) {
        fixture.outlet.answer = () =>
          turn % 2
            ? { status: 'refused', reason: `no ${turn}` }
            : { status: 'sent', reference: `ref ${turn}` };
        const message = await one.enqueue(sms());
        const delivery = await one.notifications.deliver(message);
        ends.push({ id: message.id, state: delivery, said: turn % 2 ? `no ${turn}` : `ref ${turn}` });
      }
      const rows = await fixture.rows();
      expect(
        rows.map(({ id, state, reason, reference }) => ({ id, state, said: reference ?? reason })),
      ).toEqual(ends);
    });

    it('once, however often it is requested', async () => {
      const one = fixture.start();
      const message = await one.enqueue(sms());
      const answers = [await one.notifications.deliver(message), await one.notifications.deliver(message)];
      answers.push(await fixture.start().notifications.deliver(message));
      expect(answers).toEqual(['SENT', 'SENT', 'SENT']);
      expect(fixture.outlet.sent).toHaveLength(1);
    });

    it("once, and returns the provider's answer although the database went away meanwhile", async () => {
      const one = fixture.start();
      const message = await one.enqueue(sms());
      fixture.outlet.answer = () => {
        one.repository.away = true;
        return { status: 'sent' };
      };
      expect(await one.notifications.deliver(message)).toBe('SENT');
      expect(await fixture.states()).toEqual(['SENDING']);
      fixture.clock.advance(MINUTE);
      await fixture.start().dispatcher.dispatchPending(10);
      expect(await fixture.rows()).toMatchObject([{ state: 'UNCONFIRMED', payload: null }]);
      expect(fixture.outlet.sent).toHaveLength(1);
    });

    it('by a sender that answers in another shape, and writes the ends of the others all the same', async () => {
      const one = fixture.start();
      const answers = [undefined, 'OK', { status: 'sent', reference: 'x'.repeat(4_000) }, { status: 'sent' }];
      for (const answer of answers) {
        fixture.outlet.answer = () => answer as never;
        await one.send(sms());
      }
      expect(await fixture.states()).toEqual(['UNCONFIRMED', 'UNCONFIRMED', 'SENT', 'SENT']);
      expect(fixture.outlet.sent).toHaveLength(4);
    });
  });

  it('knows whether a message is on its way: claimed, not settled, whatever else goes to the person', async () => {
    const one = fixture.start();
    const isOnItsWay = ({ id }: { id: string }) => one.notifications.isOnItsWay(id);
    const message = await one.enqueue(sms(), { accountId: 'claire' });
    const other = await one.enqueue(sms(), { accountId: 'claire' });
    const later = await one.enqueue(sms(), { accountId: 'claire', when: 'later' });
    expect([await isOnItsWay(message), await isOnItsWay(later)]).toEqual([true, false]);
    await one.notifications.deliver(message);
    expect([await isOnItsWay(message), await isOnItsWay(other)]).toEqual([false, true]);
  });

  describe('the delivery log', () => {
    const report = async (word: string, changes: { id?: string; reference?: string } = {}) => {
      const [row] = await fixture.rows();
      const given = { id: row!.id, reference: 'ref-1', report: word, ...changes };
      return fixture.start().notifications.recordReport(given);
    };
    const reported = async () => (await fixture.rows())[0]!.report;

    it('records the delivery of an SMS, before and after its result, and keeps the last report', async () => {
      const one = fixture.start();
      fixture.outlet.answer = async () => {
        expect([await report('queued'), await reported()]).toEqual([true, 'queued']);
        return { status: 'sent', reference: 'ref-1' };
      };
      await one.send(sms());
      expect([await report('delivered'), await reported()]).toEqual([true, 'delivered']);
      expect([await report('sent'), await reported()]).toEqual([true, 'delivered']);
      expect(await fixture.states()).toEqual(['SENT']);
    });

    it.each([
      ['of another message of the provider', 'delivered', { reference: 'ref-2' }],
      ['of no message', 'delivered', { id: 'nowhere' }],
      ['of no word', "delivered'; DROP TABLE notification", {}],
      ['without end', 'a'.repeat(33), {}],
    ])('believes no report %s', async (_, word, changes) => {
      const one = fixture.start();
      await one.send(sms());
      expect([await report(word, changes), await reported()]).toEqual([false, null]);
    });

    it('keeps an entry 30 days, then deletes it, a batch at a time', async () => {
      const one = fixture.start();
      for (let turn = 0; turn < 3; turn++) await one.send(sms());
      fixture.clock.advance(30 * DAY - 2);
      expect(await one.notifications.purge(10)).toBe(0);
      fixture.clock.advance(1_000);
      await one.send(sms());
      expect(await one.notifications.purge(2)).toBe(2);
      expect(await one.notifications.purge(2)).toBe(1);
      expect(await one.notifications.purge(2)).toBe(0);
      expect(await fixture.rows()).toHaveLength(1);
    });

    it.each([0, -1, 1.5, NaN, '1; DROP TABLE notification' as never])(
      'refuses a batch of %s',
      async (batch) => {
        await expect(async () => fixture.start().notifications.purge(batch)).rejects.toThrow(RangeError);
        await expect(fixture.start().dispatcher.dispatchPending(batch)).rejects.toThrow(RangeError);
      },
    );
  });

  it('has tables that are what its entities say', async () => {
    expect(await fixture.database.migrator.drift()).toEqual([]);
    const names = notificationPersistence.migrations.map((migration) => migration.name);
    for (let left = names.length; left > 0; left--) await fixture.database.migrator.undoLast();
    expect(await fixture.database.migrator.migrate()).toEqual(names);
  });
});
