import { GuardedProvider, LET_GO_MS } from './guarded-provider';
import { sending } from './testing/messages';
import type { Provider, SendAttempt, SendContext } from './send-attempt';

const sent: SendAttempt = { status: 'sent' };
const ill: SendAttempt = { status: 'deferred', reason: 'ill', providerFault: true };
const busy: SendAttempt = { status: 'deferred', reason: 'busy', providerFault: false };

function guarded(send: (context: SendContext) => Promise<SendAttempt>, restMs = 100) {
  const provider: Provider<string> = {
    name: 'provider',
    send: jest.fn((_message, context) => send(context)),
  };
  return { provider, guard: new GuardedProvider(provider, { failures: 3, restMs, checkMs: 10 }) };
}

const never = () => new Promise<never>(() => undefined);

describe('a guarded provider', () => {
  it('is told when the time for a try is over', async () => {
    const { guard } = guarded(
      ({ signal }) =>
        new Promise((resolve) =>
          signal.addEventListener('abort', () => resolve({ status: 'unusable', reason: 'let go' })),
        ),
    );
    expect(await guard.try('message', sending(), 20)).toEqual({ status: 'unusable', reason: 'let go' });
  });

  it('is not waited for when it does not let go: nobody knows whether it has the message', async () => {
    const { guard } = guarded(never);
    const begun = performance.now();
    expect(await guard.try('message', sending(), 20)).toEqual({ status: 'unconfirmed', reason: 'time-out' });
    expect(performance.now() - begun).toBeLessThan(20 + LET_GO_MS + 100);
  });

  it('that throws may have the message', async () => {
    const { guard } = guarded(() => Promise.reject(new TypeError('secret +33612345678')));
    expect(await guard.try('message', sending(), 20)).toEqual({ status: 'unconfirmed', reason: 'TypeError' });
    const { guard: other } = guarded(() => {
      throw new RangeError('at once');
    });
    expect(await other.try('message', sending(), 20)).toEqual({
      status: 'unconfirmed',
      reason: 'RangeError',
    });
  });

  it.each([
    ['nothing', undefined],
    ['a text', 'OK'],
    ['a status of its own', { status: 'queued' }],
    ['Twilio’s resource', { sid: 'SM1', status: 'accepted' }],
    ['a list', [{ status: 'sent' }]],
  ])('that answers %s may have the message', async (_, answer) => {
    const { guard } = guarded(() => Promise.resolve(answer as never));
    const attempt = await guard.try('message', sending(), 20);
    expect(attempt).toEqual({ status: 'unconfirmed', reason: 'answer malformed' });
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
  ])('has its answer %j cut to what the delivery log takes', async (answer, kept) => {
    const { guard } = guarded(() => Promise.resolve(answer as never));
    expect(await guard.try('message', sending(), 20)).toEqual(kept);
  });

  it.each([
    ['it ails', ill],
    ['it is unusable', { status: 'unusable', reason: 'x' }],
    ['it does not answer', { status: 'unconfirmed', reason: 'x' }],
  ] as [string, SendAttempt][])('is left alone after three in a row for which %s', async (_, answer) => {
    const { guard, provider } = guarded(() => Promise.resolve(answer));
    for (let turn = 0; turn < 5; turn++) await guard.try('message', sending(), 20);
    expect(provider.send).toHaveBeenCalledTimes(3);
    expect(guard.closed).toBe(false);
    expect(await guard.try('message', sending(), 20)).toEqual({ status: 'unusable', reason: 'circuit open' });
  });

  it.each([
    ['refused for good', { status: 'refused', reason: 'x' }],
    ['refused for now for their own sake', busy],
    ['sent', sent],
  ] as [string, SendAttempt][])('is not left alone for messages that were %s', async (_, answer) => {
    const { guard, provider } = guarded(() => Promise.resolve(answer));
    for (let turn = 0; turn < 5; turn++) await guard.try('message', sending(), 20);
    expect(provider.send).toHaveBeenCalledTimes(5);
    expect(guard.closed).toBe(true);
  });

  it('is tested by one message after its rest, while the others fail at once', async () => {
    let answer: () => Promise<SendAttempt> = () => Promise.resolve(ill);
    const { guard, provider } = guarded(() => answer(), 30);
    for (let turn = 0; turn < 3; turn++) await guard.try('message', sending(), 20);
    await new Promise((resolve) => setTimeout(resolve, 50));
    answer = () => new Promise((resolve) => setTimeout(resolve, 40, sent));
    const test = guard.try('message', sending(), 200);
    const others = await Promise.all(Array.from({ length: 15 }, () => guard.try('message', sending(), 200)));
    expect(new Set(others.map((one) => (one as { reason: string }).reason))).toEqual(
      new Set(['circuit open']),
    );
    expect(await test).toEqual(sent);
    expect(await guard.try('message', sending(), 200)).toEqual(sent);
    expect(provider.send).toHaveBeenCalledTimes(5);
  });
});
