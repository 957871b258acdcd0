import { Logger } from '@nestjs/common';
import { AppError, DAY, HOUR, Keyring, MINUTE, shift } from '@portillon/kernel';
import { describeOnEveryEngine, SettableClock, SmtpSink } from '@portillon/testing';
import { notificationPersistence } from './notification.persistence';
import { CODE, mail, sms } from './testing/messages';
import { Outlet, Process } from './testing/process';

interface Row {
  id: string;
  kind: string;
  channel: string;
  accountId: string | null;
  destinationDigest: string;
  state: string;
  payload: string | null;
  provider: string | null;
  reference: string | null;
  reason: string | null;
  settledAt: Date | null;
}

Logger.overrideLogger(false);

describeOnEveryEngine('the outbox', [notificationPersistence], (bench) => {
  let clock: SettableClock;
  let outlet: Outlet;
  const processes: Process[] = [];

  const start = (options?: ConstructorParameters<typeof Process>[3]) => {
    const one = new Process(bench.database, clock, outlet, options);
    processes.push(one);
    return one;
  };
  const rows = () => bench.database.rows<Row>('SELECT * FROM notification ORDER BY id');
  const states = async () => (await rows()).map((row) => row.state);

  beforeEach(async () => {
    await bench.database.execute('DELETE FROM notification');
    clock = new SettableClock();
    outlet = new Outlet();
  });

  afterEach(async () => {
    for (const one of processes.splice(0)) await one.stop();
  });

  describe('keeps a message', () => {
    it('sealed until it left, and then not at all', async () => {
      const one = start();
      const id = await one.enqueue(sms(), { accountId: 'account-1' });
      const [waiting] = await rows();
      expect(waiting!.payload).toMatch(/^k1\./);
      await one.notifications.deliver(id);
      await one.stop();
      const [left] = await rows();
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

    it('no longer when it failed, or nobody knows', async () => {
      const one = start({ limits: { retries: 0 } });
      for (const status of ['refused', 'unconfirmed'] as const) {
        outlet.answer = () => ({ status, reason: 'because' });
        await one.notifications.deliver(await one.enqueue(sms()));
      }
      await one.stop();
      expect(await rows()).toMatchObject([
        { state: 'FAILED', payload: null, reason: 'because', settledAt: clock.now() },
        { state: 'UNCONFIRMED', payload: null, reason: 'because', settledAt: clock.now() },
      ]);
    });

    it('under a digest that tells two messages to one person from two to others, and no address', async () => {
      const one = start();
      for (const to of ['+33612345678', '+33612345678', '+33612345679']) await one.enqueue(sms({ to }));
      expect(new Set((await rows()).map((row) => row.destinationDigest)).size).toBe(2);
    });

    it('bound to its row: a payload moved to another opens nothing', async () => {
      const one = start();
      await one.enqueue(sms({ text: 'of somebody else' }), { when: 'later' });
      const mine = await one.enqueue(sms(), { when: 'later' });
      const [other] = await rows();
      await bench.database.execute('UPDATE notification SET payload = ? WHERE id = ?', [
        other!.payload,
        mine,
      ]);
      expect(await one.notifications.deliver(mine)).toBe('FAILED');
      expect(outlet.sent).toEqual([]);
    });

    it('in the transaction of its caller: rolled back, nothing stays and nothing leaves', async () => {
      const one = start();
      const doomed = one.database.transaction(async (tx) => {
        await one.notifications.enqueue(sms(), { kind: 'sign-in.code', accountId: null }, tx);
        throw new Error('change of mind');
      });
      await expect(doomed).rejects.toThrow('change of mind');
      clock.advance(2 * HOUR);
      expect(await one.notifications.dispatchPending(10)).toBe(0);
      expect(await rows()).toEqual([]);
      expect(outlet.sent).toEqual([]);
    });
  });

  describe('refuses', () => {
    it('a channel that is not set up, and leaves nothing behind', async () => {
      const one = start({ sms: undefined });
      expect(one.notifications.available('SMS')).toBe(false);
      await expect(one.enqueue(sms())).rejects.toMatchObject({ code: 'channel.unavailable' });
      await expect(one.enqueue(mail())).rejects.toMatchObject({ code: 'channel.unavailable' });
      expect(await rows()).toEqual([]);
    });

    it.each([
      ['a header in the address', mail({ to: 'a@b.example\r\nBcc: c@d.example' })],
      ['an SMS in two parts', sms({ text: 'a'.repeat(161) })],
    ])('%s', async (_, message) => {
      const one = start({ mail: { transport: 'smtp://127.0.0.1:1', from: 'a@b.example' } });
      await expect(one.enqueue(message)).rejects.toBeInstanceOf(AppError);
      expect(await rows()).toEqual([]);
    });

    it.each(['', 'Sign in', 'a'.repeat(65), "x'--"])('the kind %j', async (kind) => {
      await expect(start().enqueue(sms(), { kind })).rejects.toBeInstanceOf(AppError);
    });

    it('to tell of a message that is not there', async () => {
      await expect(start().notifications.deliver('nowhere')).rejects.toMatchObject({ code: 'internal' });
    });
  });

  describe('sends', () => {
    it('with no statement of its own before, and the ends of 20 messages in one', async () => {
      const one = start();
      const ids = await Promise.all(Array.from({ length: 20 }, () => one.enqueue(sms())));
      expect(await Promise.all(ids.map((id) => one.notifications.deliver(id)))).toEqual(
        ids.map(() => 'SENT'),
      );
      expect(one.database.statements).toEqual([]);
      await one.stop();
      expect(one.database.statements).toEqual([expect.stringContaining('UPDATE notification')]);
      expect(new Set(await states())).toEqual(new Set(['SENT']));
    });

    it('and writes different ends each to its own row', async () => {
      const one = start({ limits: { retries: 0 } });
      const ids = [];
      for (let turn = 0; turn < 5; turn++) {
        outlet.answer = () =>
          turn % 2
            ? { status: 'refused', reason: `no ${turn}` }
            : { status: 'sent', reference: `ref ${turn}` };
        const id = await one.enqueue(sms());
        ids.push(id);
        await one.notifications.deliver(id);
      }
      await one.stop();
      const written = (await rows()).map((row) => [row.id, row.state, row.reference ?? row.reason]);
      const expected = ids.map((id, turn) => [
        id,
        ...(turn % 2 ? ['FAILED', `no ${turn}`] : ['SENT', `ref ${turn}`]),
      ]);
      expect(written.sort()).toEqual(expected.sort());
    });

    it('writes the ends by itself soon after', async () => {
      const one = start({ limits: { ledgerDelayMs: 20 } });
      await one.notifications.deliver(await one.enqueue(sms()));
      await new Promise((resolve) => setTimeout(resolve, 200));
      expect(await states()).toEqual(['SENT']);
    });

    it('once, however often it is told, before and after the end is written', async () => {
      const one = start();
      const id = await one.enqueue(sms());
      const told = [await one.notifications.deliver(id), await one.notifications.deliver(id)];
      await one.stop();
      told.push(await one.notifications.deliver(id), await start().notifications.deliver(id));
      expect(told).toEqual(['SENT', 'SENT', 'SENT', 'SENT']);
      expect(outlet.sent).toHaveLength(1);
    });

    it('once, and keeps the end for a database that was away', async () => {
      const one = start({ limits: { ledgerDelayMs: 0 } });
      const id = await one.enqueue(sms());
      one.database.away = true;
      expect(await one.notifications.deliver(id)).toBe('SENT');
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(await states()).toEqual(['SENDING']);
      expect(await one.notifications.deliver(id)).toBe('SENT');
      one.database.away = false;
      await one.stop();
      expect(await states()).toEqual(['SENT']);
      expect(outlet.sent).toHaveLength(1);
    });

    it('a mail over SMTP', async () => {
      const sink = await new SmtpSink().start();
      const one = start({ mail: { transport: sink.url, from: 'Portillon <no-reply@portillon.example>' } });
      expect(await one.notifications.deliver(await one.enqueue(mail()))).toBe('SENT');
      expect(sink.lastTo('claire.martin@hopital.example').text).toContain(CODE);
      await one.stop();
      await sink.stop();
    });
  });

  describe('after a crash', () => {
    it('does not send again what had left, whose end was not written yet', async () => {
      const crashed = start();
      await crashed.notifications.deliver(await crashed.enqueue(sms()));
      crashed.kill();
      const other = start();
      for (let minute = 0; minute < 30; minute++) {
        await other.notifications.dispatchPending(10);
        clock.advance(MINUTE);
      }
      expect(outlet.sent).toHaveLength(1);
      expect(await rows()).toMatchObject([{ state: 'UNCONFIRMED', reason: 'process died', payload: null }]);
    });

    it('does not send again what was on its way', async () => {
      const crashed = start({ limits: { tryTimeoutMs: 100 } });
      outlet.answer = () => new Promise(() => undefined);
      const id = await crashed.enqueue(sms());
      void crashed.notifications.deliver(id);
      crashed.kill();
      const other = start();
      expect(await other.notifications.deliver(id)).toBe('UNCONFIRMED');
      clock.advance(10 * MINUTE);
      await other.notifications.dispatchPending(10);
      expect(outlet.sent).toHaveLength(1);
    });

    it('sends what was for later', async () => {
      const crashed = start();
      await crashed.enqueue(sms(), { when: 'later' });
      crashed.kill();
      expect(await start().notifications.dispatchPending(10)).toBe(1);
      expect(outlet.sent).toHaveLength(1);
      expect(await states()).toEqual(['SENT']);
    });

    it('believes a process that was only slow', async () => {
      const slow = start();
      const id = await slow.enqueue(sms());
      outlet.answer = async () => {
        clock.advance(10 * MINUTE);
        await start().notifications.dispatchPending(10);
        return { status: 'sent' };
      };
      expect(await slow.notifications.deliver(id)).toBe('SENT');
      await slow.stop();
      expect(await rows()).toMatchObject([{ state: 'SENT' }]);
    });
  });

  describe('what was never tried', () => {
    it('is sent by another process when the one that held it stopped', async () => {
      const stopped = start();
      await stopped.enqueue(sms());
      await stopped.stop();
      expect(await states()).toEqual(['PENDING']);
      expect(await start().notifications.dispatchPending(10)).toBe(1);
      expect(outlet.sent).toHaveLength(1);
    });

    it('is sent by the process that held it and never came to it', async () => {
      const one = start();
      await one.enqueue(sms());
      expect(await one.notifications.dispatchPending(10)).toBe(0);
      clock.advance(2 * MINUTE);
      expect(await one.notifications.dispatchPending(10)).toBe(1);
      expect(outlet.sent).toHaveLength(1);
    });

    it('is not sent by a late call once another gave it up', async () => {
      const late = start();
      const id = await late.enqueue(sms());
      clock.advance(2 * MINUTE);
      await start().notifications.dispatchPending(10);
      expect(await late.notifications.deliver(id)).toBe('UNCONFIRMED');
      expect(outlet.sent).toEqual([]);
    });

    it('is sent by a late call that still holds it', async () => {
      const late = start();
      const id = await late.enqueue(sms());
      clock.advance(2 * MINUTE);
      expect(await late.notifications.deliver(id)).toBe('SENT');
      expect(outlet.sent).toHaveLength(1);
    });

    it('is not sent when it is of no use any more', async () => {
      const stopped = start();
      await stopped.enqueue(sms(), { usefulUntil: shift(clock.now(), MINUTE) });
      await stopped.stop();
      clock.advance(MINUTE);
      expect(await start().notifications.dispatchPending(10)).toBe(0);
      expect(outlet.sent).toEqual([]);
      expect(await rows()).toMatchObject([{ state: 'FAILED', reason: 'too late', payload: null }]);
    });
  });

  describe('a message for later', () => {
    it('is sent by who dispatches, the longest waiting first, a batch at a time', async () => {
      const one = start();
      for (const text of ['first', 'second', 'third']) {
        await one.enqueue(sms({ text }), { when: 'later' });
        clock.advance(1_000);
      }
      expect(await one.notifications.dispatchPending(2)).toBe(2);
      expect(outlet.sent.map((message) => message.text).sort()).toEqual(['first', 'second']);
      expect(await one.notifications.dispatchPending(2)).toBe(1);
      expect(await states()).toEqual(['SENT', 'SENT', 'SENT']);
    });

    it('waits for providers to be back, and leaves once', async () => {
      const one = start({ limits: { retries: 0, circuitRestMs: 10 } });
      await one.enqueue(sms(), { when: 'later' });
      outlet.answer = () => ({ status: 'deferred', reason: 'twilio 500', providerFault: true });
      expect(await one.notifications.dispatchPending(10)).toBe(1);
      expect(await rows()).toMatchObject([{ state: 'PENDING', reason: 'twilio 500' }]);
      expect(await one.notifications.dispatchPending(10)).toBe(0);
      outlet.answer = () => ({ status: 'sent' });
      clock.advance(MINUTE);
      expect(await one.notifications.dispatchPending(10)).toBe(1);
      expect(await rows()).toMatchObject([{ state: 'SENT', payload: null }]);
    });

    it('fails when providers are not back in time', async () => {
      const one = start({ limits: { retries: 0, circuitFailures: 100 } });
      await one.enqueue(sms(), { when: 'later', usefulUntil: shift(clock.now(), HOUR) });
      outlet.answer = () => ({ status: 'deferred', reason: 'twilio 500', providerFault: true });
      for (let minute = 0; minute <= 60; minute++) {
        await one.notifications.dispatchPending(10);
        clock.advance(MINUTE);
      }
      expect(await rows()).toMatchObject([{ state: 'FAILED', payload: null }]);
      expect(outlet.sent.length).toBeGreaterThan(3);
      expect(outlet.sent.length).toBeLessThan(10);
    });

    it.each(['refused', 'unconfirmed'] as const)('is not sent again when it was %s', async (status) => {
      const one = start();
      outlet.answer = () => ({ status, reason: 'because' });
      await one.enqueue(sms(), { when: 'later' });
      await one.notifications.dispatchPending(10);
      clock.advance(DAY);
      await one.notifications.dispatchPending(10);
      expect(outlet.sent).toHaveLength(1);
    });

    it('does not keep the others from leaving when its key left the ring', async () => {
      const before = start({ keyring: new Keyring([{ id: 'old', secret: Buffer.alloc(32, 1) }]) });
      await before.enqueue(sms({ text: 'sealed by a lost key' }), { when: 'later' });
      const one = start();
      clock.advance(1_000);
      await one.enqueue(sms({ text: 'readable' }), { when: 'later' });
      expect(await one.notifications.dispatchPending(10)).toBe(2);
      expect(outlet.sent.map((message) => message.text)).toEqual(['readable']);
      expect(await rows()).toMatchObject([
        { state: 'FAILED', reason: 'unreadable', payload: null },
        { state: 'SENT' },
      ]);
    });

    it('is read with a key that was the first before a rotation', async () => {
      const old = { id: 'old', secret: Buffer.alloc(32, 1) };
      await start({ keyring: new Keyring([old]) }).enqueue(sms(), { when: 'later' });
      const rotated = new Keyring([{ id: 'new', secret: Buffer.alloc(32, 2) }, old]);
      expect(await start({ keyring: rotated }).notifications.dispatchPending(10)).toBe(1);
      expect(outlet.sent).toHaveLength(1);
    });
  });

  describe('the ledger', () => {
    it('keeps a line 30 days, then deletes it, a batch at a time', async () => {
      const one = start();
      for (let turn = 0; turn < 3; turn++) await one.notifications.deliver(await one.enqueue(sms()));
      await one.stop();
      clock.advance(30 * DAY);
      expect(await one.notifications.purge(10)).toBe(0);
      clock.advance(1);
      await one.notifications.deliver(await one.enqueue(sms()));
      expect(await one.notifications.purge(2)).toBe(2);
      expect(await one.notifications.purge(2)).toBe(1);
      expect(await one.notifications.purge(2)).toBe(0);
      expect(await rows()).toHaveLength(1);
    });

    it.each([0, -1, 1.5, NaN, '1; DROP TABLE notification' as never])(
      'refuses a batch of %s',
      async (batch) => {
        await expect(async () => start().notifications.purge(batch)).rejects.toThrow(RangeError);
        await expect(start().notifications.dispatchPending(batch)).rejects.toThrow(RangeError);
      },
    );
  });

  it('has tables that are what its entities say', async () => {
    expect(await bench.migrator.drift()).toEqual([]);
    await bench.migrator.undoLast();
    expect(await bench.migrator.migrate()).toEqual(['CreateNotification1764000004001']);
  });
});
