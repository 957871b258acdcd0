import { SettableClock } from '@portillon/testing';
import { MetricsRegistry } from '@portillon/kernel';
import { NotificationPolicy } from '../notification.options';
import { sending, sms } from '../testing/messages';
import { pass, useTestTimers } from '../testing/test-timers';
import './channels';
import type { SendAttempt } from './channel-provider.types';
import { ChannelService } from './channel.service';
import { DeliveryMetrics } from './delivery.metrics';
import { GuardedProvider } from './guarded-provider';

const policy = new NotificationPolicy();
const { limits } = policy;
const never = () => new Promise<never>(() => undefined);

/** Providers of SMS, each of which does what its function says, and which of them were asked. */
function channel(...sends: (() => Promise<SendAttempt>)[]) {
  const asked: number[] = [];
  const providers = sends.map((send, index) => {
    const provider = { name: `provider ${index}`, send: () => (asked.push(index), send()) };
    return new GuardedProvider(provider, limits);
  });
  const channelProviders = { EMAIL: [], SMS: providers };
  const registry = new MetricsRegistry();
  const metrics = new DeliveryMetrics(registry, channelProviders);
  const channels = new ChannelService(channelProviders, metrics, policy, new SettableClock());
  const counted = async (name: string) =>
    (await registry.metrics()).split('\n').filter((line) => line.startsWith(name) && !line.endsWith(' 0'));
  return { counted, asked, deliver: () => channels.send(sms(), sending()) };
}

describe('a message', () => {
  useTestTimers();

  it('is counted once, and each try by its provider and outcome', async () => {
    const { counted, deliver } = channel(
      async () => ({ status: 'deferred', reason: 'x', providerFault: true }),
      async () => ({ status: 'sent' }),
    );
    const sent = deliver();
    await pass(2_000);
    await sent;
    expect(await counted('portillon_sms_total')).toEqual([
      'portillon_sms_total{provider="provider 0",outcome="deferred"} 1',
      'portillon_sms_total{provider="provider 1",outcome="sent"} 1',
    ]);
    expect(await counted('portillon_messages_total')).toEqual([
      'portillon_messages_total{channel="SMS",outcome="sent"} 1',
    ]);
    expect(await counted('portillon_delivery_seconds_count')).toEqual([
      'portillon_delivery_seconds_count{channel="SMS",provider="provider 1"} 1',
    ]);
  });

  it('shows a provider that is left alone', async () => {
    const { counted, deliver } = channel(async () => ({ status: 'unusable', reason: 'x' }));
    for (let time = 0; time < limits.circuitFailures; time++) await deliver();
    expect(await counted('portillon_provider_open')).toEqual([
      'portillon_provider_open{channel="SMS",provider="provider 0"} 1',
    ]);
  });

  it.each<[string, SendAttempt, object]>([
    ['took it', { status: 'sent', reference: 'r' }, { delivery: 'SENT', reference: 'r' }],
    ['refused it for good', { status: 'refused', reason: 'x' }, { delivery: 'FAILED', reason: 'x' }],
    ['may have it', { status: 'unconfirmed', reason: 'x' }, { delivery: 'UNCONFIRMED', reason: 'x' }],
  ])('goes to no other provider when the first %s', async (_, given, expected) => {
    const { asked, deliver } = channel(
      async () => given,
      async () => ({ status: 'sent' }),
    );
    expect(await deliver()).toMatchObject({ ...expected, provider: 'provider 0', mayStillLeave: false });
    expect(asked).toEqual([0]);
  });

  it.each<[string, SendAttempt, number]>([
    ['refuses it for now', { status: 'deferred', reason: 'x', providerFault: false }, 3],
    ['is unusable', { status: 'unusable', reason: 'x' }, 1],
  ])('goes to the next provider when the first %s', async (_, given, tries) => {
    const { asked, deliver } = channel(
      async () => given,
      async () => ({ status: 'sent' }),
    );
    const delivery = deliver();
    await pass(2_000);
    expect(await delivery).toMatchObject({ delivery: 'SENT', provider: 'provider 1', reference: null });
    expect(asked).toEqual([...Array<number>(tries).fill(0), 1]);
  });

  it('may still leave when no provider took it', async () => {
    const { deliver } = channel(async () => ({ status: 'unusable', reason: 'x' }));
    expect(await deliver()).toMatchObject({ delivery: 'FAILED', mayStillLeave: true });
    expect(await channel().deliver()).toMatchObject({ delivery: 'FAILED', reason: 'no provider' });
  });

  it('ends within its deadline whatever the providers do', async () => {
    const slow = async (): Promise<SendAttempt> => {
      await new Promise((resolve) => setTimeout(resolve, 4_000));
      return { status: 'deferred', reason: 'busy', providerFault: false };
    };
    const { deliver } = channel(slow, slow, slow);
    const begun = performance.now();
    let took = 0;
    void deliver().then(() => (took = performance.now() - begun));
    await pass(limits.deadlineMs);
    expect(took).toBeGreaterThan(8_000);
    const hanging = channel(never).deliver();
    await pass(limits.deadlineMs);
    expect(await hanging).toMatchObject({ delivery: 'UNCONFIRMED' });
  });
});
