import { DAY, HOUR, Keyring, MINUTE, addMilliseconds } from '@portillon/kernel';
import { describeOutbox } from './testing/describe-outbox';
import { sms } from './testing/messages';

const OLD = { id: 'old', secret: Buffer.alloc(32, 1) };
const YOUNG = { id: 'young', secret: Buffer.alloc(32, 2) };

describeOutbox('the dispatcher', (fixture) => {
  describe('after a crash', () => {
    it('does not repeat a sent message whose result was not written', async () => {
      const crashed = fixture.start();
      fixture.outlet.answer = () => {
        crashed.kill();
        return { status: 'sent' };
      };
      await crashed.send(sms());
      const other = fixture.start();
      for (let minute = 0; minute < 30; minute++) {
        await other.dispatcher.dispatchPending(10);
        fixture.clock.advance(MINUTE);
      }
      expect(fixture.outlet.sent).toHaveLength(1);
      expect(await fixture.rows()).toMatchObject([
        { state: 'UNCONFIRMED', reason: 'process died', payload: null },
      ]);
    });

    it('does not repeat a message that was being sent', async () => {
      const crashed = fixture.start();
      let left = () => {};
      const leaving = new Promise<void>((resolve) => (left = resolve));
      fixture.outlet.answer = () => (left(), new Promise(() => undefined));
      const message = await crashed.enqueue(sms());
      void crashed.notifications.deliver(message);
      await leaving;
      crashed.kill();
      const other = fixture.start();
      expect(await other.notifications.deliver(message)).toBe('UNCONFIRMED');
      fixture.clock.advance(10 * MINUTE);
      await other.dispatcher.dispatchPending(10);
      expect(fixture.outlet.sent).toHaveLength(1);
    });

    it('sends messages for later', async () => {
      const crashed = fixture.start();
      await crashed.enqueue(sms(), { when: 'later' });
      crashed.kill();
      expect(await fixture.start().dispatcher.dispatchPending(10)).toBe(1);
      expect(fixture.outlet.sent).toHaveLength(1);
      expect(await fixture.states()).toEqual(['SENT']);
    });

    it('accepts the result of a process that was only slow', async () => {
      const slow = fixture.start();
      fixture.outlet.answer = async () => {
        fixture.clock.advance(10 * MINUTE);
        await fixture.start().dispatcher.dispatchPending(10);
        return { status: 'sent' };
      };
      expect(await slow.send(sms())).toBe('SENT');
      expect(await fixture.rows()).toMatchObject([{ state: 'SENT' }]);
    });
  });

  describe('a stop', () => {
    it('waits for messages being sent, and leaves the rest to other processes', async () => {
      const stopping = fixture.start();
      for (let turn = 0; turn < 6; turn++) await stopping.enqueue(sms(), { when: 'later' });
      let answer = () => {};
      const answered = new Promise<void>((resolve) => (answer = resolve));
      let left = () => {};
      const leaving = new Promise<void>((resolve) => (left = resolve));
      fixture.outlet.answer = () => {
        left();
        return answered.then(() => ({ status: 'sent' }));
      };
      const taken = stopping.dispatcher.dispatchPending(10);
      await leaving;
      const stopped = stopping.stop();
      answer();
      await stopped;
      expect(await taken).toBe(4);
      expect((await fixture.states()).sort()).toEqual([
        ...Array(2).fill('PENDING'),
        ...Array(4).fill('SENT'),
      ]);
      expect(await fixture.start().dispatcher.dispatchPending(10)).toBe(2);
    });
  });

  describe('a message that its caller never sent', () => {
    it('is sent by no other process: a minute later it is reported as unconfirmed, and the person asks again', async () => {
      const killed = fixture.start();
      await killed.enqueue(sms());
      killed.kill();
      fixture.clock.advance(MINUTE - 1);
      expect(await fixture.start().dispatcher.dispatchPending(10)).toBe(0);
      expect(await fixture.states()).toEqual(['SENDING']);
      fixture.clock.advance(1);
      expect(await fixture.start().dispatcher.dispatchPending(10)).toBe(0);
      expect(await fixture.rows()).toMatchObject([{ state: 'UNCONFIRMED', reason: 'process died' }]);
      expect(fixture.outlet.sent).toEqual([]);
    });

    it('is sent once by a caller that was only late, and reported as sent', async () => {
      const late = fixture.start();
      const message = await late.enqueue(sms());
      fixture.clock.advance(2 * MINUTE);
      await fixture.start().dispatcher.dispatchPending(10);
      const answers = [await late.notifications.deliver(message), await late.notifications.deliver(message)];
      expect(answers).toEqual(['SENT', 'SENT']);
      expect(fixture.outlet.sent).toHaveLength(1);
    });

    it('is not sent when it has expired', async () => {
      const late = fixture.start();
      const message = await late.enqueue(sms(), {
        usefulUntil: addMilliseconds(fixture.clock.now(), MINUTE),
      });
      fixture.clock.advance(MINUTE);
      expect(await late.notifications.deliver(message)).toBe('FAILED');
      expect(fixture.outlet.sent).toEqual([]);
      expect(await fixture.rows()).toMatchObject([{ state: 'FAILED', reason: 'too late', payload: null }]);
    });
  });

  describe('a message for later', () => {
    it('is sent by a dispatching process, longest wait first, a batch at a time', async () => {
      const one = fixture.start();
      for (const text of ['first', 'second', 'third']) {
        await one.enqueue(sms({ text }), { when: 'later' });
        fixture.clock.advance(1_000);
      }
      expect(await one.dispatcher.dispatchPending(2)).toBe(2);
      expect(fixture.outlet.sent.map((message) => message.text).sort()).toEqual(['first', 'second']);
      expect(await one.dispatcher.dispatchPending(2)).toBe(1);
      expect(await fixture.states()).toEqual(['SENT', 'SENT', 'SENT']);
    });

    it('waits for providers to be back, and leaves once', async () => {
      const one = fixture.start({ limits: { retries: 0, circuitRestMs: 10 } });
      await one.enqueue(sms(), { when: 'later' });
      fixture.outlet.answer = () => ({ status: 'deferred', reason: 'twilio 500', providerFault: true });
      expect(await one.dispatcher.dispatchPending(10)).toBe(1);
      expect(await fixture.rows()).toMatchObject([{ state: 'PENDING', reason: 'twilio 500' }]);
      expect(await one.dispatcher.dispatchPending(10)).toBe(0);
      fixture.outlet.answer = () => ({ status: 'sent' });
      fixture.clock.advance(MINUTE);
      expect(await one.dispatcher.dispatchPending(10)).toBe(1);
      expect(await fixture.rows()).toMatchObject([{ state: 'SENT', payload: null }]);
    });

    it('fails when providers are not back in time', async () => {
      const one = fixture.start({ limits: { retries: 0, circuitFailures: 100 } });
      await one.enqueue(sms(), { when: 'later', usefulUntil: addMilliseconds(fixture.clock.now(), HOUR) });
      fixture.outlet.answer = () => ({ status: 'deferred', reason: 'twilio 500', providerFault: true });
      for (let minute = 0; minute <= 60; minute++) {
        await one.dispatcher.dispatchPending(10);
        fixture.clock.advance(MINUTE);
      }
      expect(await fixture.rows()).toMatchObject([{ state: 'FAILED', payload: null }]);
      expect(fixture.outlet.sent.length).toBeGreaterThan(3);
      expect(fixture.outlet.sent.length).toBeLessThan(10);
    });

    it.each(['refused', 'unconfirmed'] as const)('is not sent again when it was %s', async (status) => {
      const one = fixture.start();
      fixture.outlet.answer = () => ({ status, reason: 'because' });
      await one.enqueue(sms(), { when: 'later' });
      await one.dispatcher.dispatchPending(10);
      fixture.clock.advance(DAY);
      await one.dispatcher.dispatchPending(10);
      expect(fixture.outlet.sent).toHaveLength(1);
    });

    it('is left, with a log line, by an instance without its key, and sent by one with it', async () => {
      const ahead = fixture.start({ keyring: new Keyring([YOUNG, OLD]) });
      const behind = fixture.start({ keyring: new Keyring([OLD]) });
      await ahead.enqueue(sms({ text: 'sealed by the new key' }), { when: 'later' });
      fixture.clock.advance(1_000);
      await behind.enqueue(sms({ text: 'sealed by the old key' }), { when: 'later' });
      expect(await behind.dispatcher.dispatchPending(10)).toBe(1);
      expect(fixture.outlet.sent.map((message) => message.text)).toEqual(['sealed by the old key']);
      expect(await fixture.rows()).toMatchObject([
        { state: 'PENDING', reason: null, rounds: 0, payload: expect.stringMatching(/^young\./) },
        { state: 'SENT' },
      ]);
      expect(await behind.dispatcher.outboxHealth()).toEqual({ unreadable: 1 });
      expect(await ahead.dispatcher.outboxHealth()).toEqual({ unreadable: 0 });
      expect(await ahead.dispatcher.dispatchPending(10)).toBe(1);
      expect(fixture.outlet.sent).toHaveLength(2);
      expect(await behind.dispatcher.outboxHealth()).toEqual({ unreadable: 0 });
    });

    it('in a batch that is full of what another instance alone can read does not hold up the rest', async () => {
      const ahead = fixture.start({ keyring: new Keyring([YOUNG, OLD]) });
      for (let turn = 0; turn < 5; turn++) await ahead.enqueue(sms(), { when: 'later' });
      const behind = fixture.start({ keyring: new Keyring([OLD]) });
      await behind.enqueue(sms({ text: 'mine' }), { when: 'later' });
      expect(await behind.dispatcher.dispatchPending(2)).toBe(1);
      expect(fixture.outlet.sent.map((message) => message.text)).toEqual(['mine']);
    });

    it('fails when it was altered, and does not keep the others from leaving', async () => {
      const one = fixture.start();
      await one.enqueue(sms({ text: 'altered' }), { when: 'later' });
      await fixture.table.updateAll({ payload: 'k1.AAAA' });
      fixture.clock.advance(1_000);
      await one.enqueue(sms({ text: 'readable' }), { when: 'later' });
      expect(await one.dispatcher.dispatchPending(10)).toBe(2);
      expect(fixture.outlet.sent.map((message) => message.text)).toEqual(['readable']);
      expect(await fixture.rows()).toMatchObject([
        { state: 'FAILED', reason: 'unreadable', payload: null },
        { state: 'SENT' },
      ]);
    });

    it('is read with a key that was the first before a rotation', async () => {
      await fixture.start({ keyring: new Keyring([OLD]) }).enqueue(sms(), { when: 'later' });
      const rotated = new Keyring([YOUNG, OLD]);
      expect(await fixture.start({ keyring: rotated }).dispatcher.dispatchPending(10)).toBe(1);
      expect(fixture.outlet.sent).toHaveLength(1);
    });
  });
});
