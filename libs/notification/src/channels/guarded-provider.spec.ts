import { GuardedProvider, LET_GO_MS, LONGEST_PAUSE_MS } from './guarded-provider';
import type { ChannelProvider, SendAttempt, SendContext } from './channel-provider.types';
import { sending } from '../testing/messages';
import { pass, useTestTimers } from '../testing/test-timers';

const sent: SendAttempt = { status: 'sent' };
const ill: SendAttempt = { status: 'deferred', reason: 'ill', providerFault: true };
const busy: SendAttempt = { status: 'deferred', reason: 'busy', providerFault: false };
const open: SendAttempt = { status: 'unusable', reason: 'circuit open' };

const TRY_MS = 5_000;
const REST_MS = 10_000;
const never = () => new Promise<never>(() => undefined);

type Send = (context: SendContext) => Promise<SendAttempt>;

type GuardedOptions = Pick<ChannelProvider<string>, 'check' | 'capacityPerSecond'> & { retries?: number };

/** A provider that does what `send` says, left alone after three faults in a row. */
function guarded(send: Send, { retries = 0, check, capacityPerSecond }: GuardedOptions = {}) {
  const provider = {
    name: 'provider',
    send: jest.fn((_: string, context: SendContext) => send(context)),
    check,
    capacityPerSecond,
  };
  const limits = { tryTimeoutMs: TRY_MS, retries, circuitFailures: 3, circuitRestMs: REST_MS };
  const guard = new GuardedProvider(provider, limits);
  const attempt = (signal = new AbortController().signal) => guard.send('message', sending(), signal);
  return { provider, guard, attempt };
}

describe('a provider behind its guard', () => {
  useTestTimers();

  describe('has a time for each try', () => {
    it('and gets a signal when it is over', async () => {
      const { attempt } = guarded(
        ({ signal }) =>
          new Promise((resolve) =>
            signal.addEventListener('abort', () => resolve({ status: 'unusable', reason: 'let go' })),
          ),
      );
      const answer = attempt();
      await pass(TRY_MS);
      expect(await answer).toEqual({ status: 'unusable', reason: 'let go' });
    });

    it('is not waited for when it does not stop: it may have the message', async () => {
      const { attempt } = guarded(never);
      const answer = attempt();
      await pass(TRY_MS + LET_GO_MS);
      expect(await answer).toEqual({ status: 'unconfirmed', reason: 'time-out' });
    });

    it('and lets go when the time of the whole message is over', async () => {
      const deadline = new AbortController();
      const { attempt, provider } = guarded(never);
      const answer = attempt(deadline.signal);
      await pass(10);
      deadline.abort();
      await pass(LET_GO_MS);
      expect(await answer).toEqual({ status: 'unconfirmed', reason: 'time-out' });
      expect(await attempt(deadline.signal)).toEqual({ status: 'unusable', reason: 'out of time' });
      expect(provider.send).toHaveBeenCalledTimes(1);
    });
  });

  describe('is tried again after a temporary refusal', () => {
    it('as often as it may be, after a pause', async () => {
      const { attempt, provider } = guarded(async () => busy, { retries: 2 });
      const answer = attempt();
      await pass(0);
      expect(provider.send).toHaveBeenCalledTimes(1);
      await pass(2 * LONGEST_PAUSE_MS);
      expect(await answer).toEqual(busy);
      expect(provider.send).toHaveBeenCalledTimes(3);
    });

    it('until it takes the message', async () => {
      const answers = [busy, sent];
      const { attempt, provider } = guarded(async () => answers.shift()!, { retries: 2 });
      const answer = attempt();
      await pass(LONGEST_PAUSE_MS);
      expect(await answer).toEqual(sent);
      expect(provider.send).toHaveBeenCalledTimes(2);
    });

    it.each<[string, SendAttempt]>([
      ['it refuses for good', { status: 'refused', reason: 'x' }],
      ['it is unusable', { status: 'unusable', reason: 'x' }],
      ['it may have the message', { status: 'unconfirmed', reason: 'x' }],
    ])('and not when %s', async (_, given) => {
      const { attempt, provider } = guarded(async () => given, { retries: 2 });
      expect(await attempt()).toEqual(given);
      expect(provider.send).toHaveBeenCalledTimes(1);
    });

    it('and not once the time of the whole message is over', async () => {
      const deadline = new AbortController();
      const { attempt, provider } = guarded(async () => busy, { retries: 2 });
      const answer = attempt(deadline.signal);
      await pass(0);
      deadline.abort();
      await pass(2 * LONGEST_PAUSE_MS);
      expect((await answer).status).not.toBe('sent');
      expect(provider.send).toHaveBeenCalledTimes(1);
    });
  });

  describe('may have the message', () => {
    it('when it throws, then or at once', async () => {
      const { attempt } = guarded(() => Promise.reject(new TypeError('secret +33612345678')));
      expect(await attempt()).toEqual({ status: 'unconfirmed', reason: 'TypeError' });
      const { attempt: other } = guarded(() => {
        throw new RangeError('at once');
      });
      expect(await other()).toEqual({ status: 'unconfirmed', reason: 'RangeError' });
    });

    it.each([
      ['nothing', undefined],
      ['a text', 'OK'],
      ['a status of its own', { status: 'queued' }],
      ['Twilio’s resource', { sid: 'SM1', status: 'accepted' }],
      ['a list', [{ status: 'sent' }]],
    ])('when it answers %s', async (_, given) => {
      const { attempt } = guarded(async () => given as never);
      expect(await attempt()).toEqual({ status: 'unconfirmed', reason: 'answer malformed' });
    });
  });

  it.each([
    [{ status: 'sent', reference: 42 }, { status: 'sent' }],
    [{ status: 'sent', reference: { id: 'x' } }, { status: 'sent' }],
    [
      { status: 'sent', reference: 'x'.repeat(500) },
      { status: 'sent', reference: 'x'.repeat(191) },
    ],
    [{ status: 'refused' }, { status: 'refused', reason: '-' }],
    [
      { status: 'refused', reason: 'r'.repeat(500) },
      { status: 'refused', reason: 'r'.repeat(64) },
    ],
    [
      { status: 'deferred', reason: null },
      { status: 'deferred', reason: '-', providerFault: true },
    ],
  ])('has its answer cut to what the delivery log takes (%#)', async (given, kept) => {
    expect(await guarded(async () => given as never).attempt()).toEqual(kept);
  });

  describe('is left alone', () => {
    it.each<[string, SendAttempt]>([
      ['it ails', ill],
      ['it is unusable', { status: 'unusable', reason: 'x' }],
      ['it does not answer', { status: 'unconfirmed', reason: 'x' }],
    ])('after three in a row for which %s', async (_, given) => {
      const { guard, provider, attempt } = guarded(async () => given);
      for (let turn = 0; turn < 5; turn++) await attempt();
      expect(provider.send).toHaveBeenCalledTimes(3);
      expect(guard.closed).toBe(false);
      expect(await attempt()).toEqual(open);
    });

    it.each<[string, SendAttempt]>([
      ['refused for good', { status: 'refused', reason: 'x' }],
      ['refused for now for their own sake', busy],
      ['sent', sent],
    ])('not for messages that were %s', async (_, given) => {
      const { guard, provider, attempt } = guarded(async () => given);
      for (let turn = 0; turn < 5; turn++) await attempt();
      expect(provider.send).toHaveBeenCalledTimes(5);
      expect(guard.closed).toBe(true);
    });
  });

  it('is down when its check does not answer within 3 s, and up with its latency when it does', async () => {
    const check = jest.fn().mockImplementationOnce(never).mockResolvedValueOnce(undefined);
    const { guard } = guarded(async () => sent, { check });
    const look = guard.look();
    await pass(3_000);
    expect(await look).toEqual({ up: false, latencyMs: null });
    expect(await guard.look()).toEqual({ up: true, latencyMs: expect.any(Number) });
  });

  describe('that has no check, after its rest', () => {
    it('is tested by one message, while the others fail at once', async () => {
      let answer: Send = async () => ill;
      const { provider, attempt } = guarded((context) => answer(context));
      for (let turn = 0; turn < 3; turn++) await attempt();
      await pass(REST_MS);
      let tested = (_: SendAttempt) => {};
      answer = () => new Promise((resolve) => (tested = resolve));
      const test = attempt();
      expect(await Promise.all(Array.from({ length: 15 }, () => attempt()))).toEqual(Array(15).fill(open));
      tested(sent);
      expect(await test).toEqual(sent);
      answer = async () => sent;
      expect(await attempt()).toEqual(sent);
      expect(provider.send).toHaveBeenCalledTimes(5);
    });
  });

  describe('that has a check, after its rest', () => {
    const ailing = async (check: jest.Mock) => {
      let answer: SendAttempt = ill;
      const made = guarded(async () => answer, { check });
      for (let turn = 0; turn < 3; turn++) await made.attempt();
      answer = sent;
      return made;
    };

    it('comes back by a probe, and by no message', async () => {
      const check = jest.fn().mockResolvedValue(undefined);
      const { guard, provider } = await ailing(check);
      expect(await guard.probe()).toBe(false);
      expect(check).not.toHaveBeenCalled();
      await pass(REST_MS);
      expect([await guard.probe(), guard.closed]).toEqual([true, true]);
      expect(provider.send).toHaveBeenCalledTimes(3);
    });

    it('stays left alone while the probe fails or does not answer', async () => {
      const check = jest.fn().mockRejectedValueOnce(new Error('no')).mockImplementationOnce(never);
      const { guard, attempt, provider } = await ailing(check);
      await pass(REST_MS);
      expect(await attempt()).toEqual(open);
      await pass(REST_MS);
      const probe = guard.probe();
      await pass(3_000);
      expect(await probe).toBe(false);
      expect(check).toHaveBeenCalledTimes(2);
      expect(provider.send).toHaveBeenCalledTimes(3);
    });

    it('is probed once for all messages that come, one of which waits for it and leaves', async () => {
      let found = () => {};
      const check = jest.fn(() => new Promise<void>((resolve) => (found = resolve)));
      const { attempt } = await ailing(check);
      await pass(REST_MS);
      const first = attempt();
      expect(await attempt()).toEqual(open);
      found();
      expect(await first).toEqual(sent);
      expect(check).toHaveBeenCalledTimes(1);
    });

    it('keeps no message longer than it has', async () => {
      const deadline = new AbortController();
      const { attempt } = await ailing(jest.fn(never));
      await pass(REST_MS);
      const answer = attempt(deadline.signal);
      deadline.abort();
      expect(await answer).toEqual(open);
    });
  });

  it('is given as many messages in a second as it carries; the others go to the next one, and it does not ail', async () => {
    const { attempt, guard } = guarded(async () => sent, { capacityPerSecond: 2 });
    const full = { status: 'unusable', reason: 'full' };
    const burst = () => Promise.all([1, 2, 3, 4, 5, 6].map(() => attempt()));
    expect(await burst()).toEqual([sent, sent, full, full, full, full]);
    await pass(1_000);
    expect([await attempt(), guard.closed]).toEqual([sent, true]);
  });
});
