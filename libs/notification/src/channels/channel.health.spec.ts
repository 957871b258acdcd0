import { MetricsRegistry } from '@portillon/kernel';
import { SettableClock } from '@portillon/testing';
import { NotificationPolicy } from '../notification.options';
import type { SmsMessage } from '../message.types';
import { sending, sms } from '../testing/messages';
import { pass, useTestTimers } from '../testing/test-timers';
import './channels';
import { ChannelService } from './channel.service';
import type { ChannelProvider, SendAttempt } from './channel-provider.types';
import { DeliveryMetrics } from './delivery.metrics';
import { GuardedProvider } from './guarded-provider';

const REST_MS = 10_000;
const ill: SendAttempt = { status: 'deferred', reason: 'ill', providerFault: true };

/** The SMS channel with one provider, which is ill and does not answer its check until `recover`. */
function ailing(hasCheck = true) {
  let isIll = true;
  const check = jest.fn(() => (isIll ? Promise.reject(new Error('ill')) : Promise.resolve()));
  const send = jest.fn(async (): Promise<SendAttempt> => (isIll ? ill : { status: 'sent' }));
  const provider: ChannelProvider<SmsMessage> = { name: 'provider', send, ...(hasCheck && { check }) };
  const policy = new NotificationPolicy({ circuitFailures: 2, circuitRestMs: REST_MS, retries: 0 });
  const providers = { EMAIL: [], SMS: [new GuardedProvider(provider, policy.limits)] };
  const clock = new SettableClock();
  const metrics = new DeliveryMetrics(new MetricsRegistry(), providers);
  const channels = new ChannelService(providers, metrics, policy, clock);
  const text = () => channels.send(sms(), sending());
  const status = async () => (await channels.health()).map((one) => one.status);
  return { clock, health: channels, status, text, check, send, recover: () => void (isIll = false) };
}

describe('the health of the channels', () => {
  useTestTimers();

  it('reports what is off, up and down', async () => {
    const { status, clock, recover } = ailing();
    expect(await status()).toEqual(['off', 'down']);
    recover();
    clock.advance(REST_MS);
    expect(await status()).toEqual(['off', 'up']);
  });

  it('keeps when an outage began, until it is over', async () => {
    const { health, status, clock, recover } = ailing();
    expect(health.failingSince('SMS')).toBeUndefined();
    await status();
    const began = clock.now();
    clock.advance(REST_MS);
    expect(await health.health()).toMatchObject([{ since: null }, { status: 'down', since: began }]);
    expect(health.failingSince('SMS')).toEqual(began);
    recover();
    clock.advance(REST_MS);
    await status();
    expect(health.failingSince('SMS')).toBeUndefined();
  });

  it('is checked once in 10 s, however often it is requested', async () => {
    const { status, clock, check } = ailing();
    await Promise.all([status(), status(), status()]);
    clock.advance(REST_MS - 1);
    await status();
    expect(check).toHaveBeenCalledTimes(1);
  });

  it('comes back by a probe, before any message is given to the provider again', async () => {
    const { health, status, text, send, recover } = ailing();
    await text();
    await text();
    expect(await status()).toEqual(['off', 'down']);
    recover();
    await pass(REST_MS);
    await health.probe();
    expect(send).toHaveBeenCalledTimes(2);
    expect(await status()).toEqual(['off', 'up']);
    expect(await text()).toMatchObject({ delivery: 'SENT' });
  });

  it('stays down while the probe fails, and messages fail at once', async () => {
    const { health, text, send, check } = ailing();
    await text();
    await text();
    await pass(REST_MS);
    await health.probe();
    expect(check).toHaveBeenCalledTimes(1);
    expect(await text()).toMatchObject({ reason: 'circuit open' });
    expect(send).toHaveBeenCalledTimes(2);
  });

  it('costs a provider that is up no probe', async () => {
    const { health, check } = ailing();
    await health.probe();
    expect(check).not.toHaveBeenCalled();
  });

  it('of a provider without a check follows the results of its messages', async () => {
    const { status, text, clock, recover } = ailing(false);
    await text();
    await text();
    expect(await status()).toEqual(['off', 'down']);
    recover();
    await pass(REST_MS);
    expect(await text()).toMatchObject({ delivery: 'SENT' });
    clock.advance(REST_MS);
    expect(await status()).toEqual(['off', 'up']);
  });
});
