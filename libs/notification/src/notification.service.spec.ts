import { Logger } from '@nestjs/common';
import { SystemRandom } from '@portillon/kernel';
import { SettableClock, Steps } from '@portillon/testing';
import type { ChannelService } from './channels/channel.service';
import { DeliveryService } from './delivery.service';
import { MessageSealService } from './message-seal.service';
import type { NotificationEntity } from './notification.entity';
import { NotificationPolicy } from './notification.policy';
import type { NotificationRepository } from './notification.repository';
import { NotificationService } from './notification.service';
import type { DispatchResult } from './notification.types';
import { sms } from './testing/messages';
import { keyring } from './testing/process';

Logger.overrideLogger(false);

const SENT: DispatchResult = {
  delivery: 'SENT',
  provider: 'twilio',
  reference: 'SM1',
  reason: null,
  mayStillLeave: false,
};

describe('a message that its caller waits for', () => {
  const clock = new SettableClock();
  const random = new SystemRandom(clock);
  const seals = new MessageSealService(keyring, random);
  const policy = new NotificationPolicy();
  const claimed = {
    id: 'message-1',
    ...seals.seal('message-1', sms()),
    expiresAt: new Date('9999-12-31T00:00:00Z'),
  } as NotificationEntity;

  function waiting(table: Partial<NotificationRepository>) {
    const steps = new Steps();
    const notifications = steps.of<NotificationRepository>('notifications', table);
    const channels = steps.of<ChannelService>('channels', { send: () => Promise.resolve(SENT) });
    const delivery = new DeliveryService(notifications, seals, channels, policy, clock, random);
    const service = new NotificationService(notifications, seals, channels, delivery, policy, clock, random);
    return { steps, deliver: () => service.deliver('message-1') };
  }

  it('is claimed, sent, and its end is written, in this order', async () => {
    const table = { claim: () => Promise.resolve([claimed]), settle: () => Promise.resolve() };
    const { steps, deliver } = waiting(table);
    expect(await deliver()).toBe('SENT');
    expect(steps.taken).toEqual(['notifications.claim', 'channels.send', 'notifications.settle']);
  });

  it.each([
    ['SENT', 'SENT'],
    ['FAILED', 'FAILED'],
    ['SENDING', 'UNCONFIRMED'],
    ['PENDING', 'UNCONFIRMED'],
  ] as const)('is not sent by a call that did not get the claim: it is %s', async (state, answer) => {
    const table = { claim: () => Promise.resolve([]), stateOf: () => Promise.resolve(state) };
    const { steps, deliver } = waiting(table);
    expect(await deliver()).toBe(answer);
    expect(steps.taken).toEqual(['notifications.claim', 'notifications.stateOf']);
  });

  it('is not sent when the claim is not committed', async () => {
    const { steps, deliver } = waiting({ claim: () => Promise.reject(new Error('away')) });
    await expect(deliver()).rejects.toThrow('away');
    expect(steps.taken).toEqual(['notifications.claim']);
  });

  it('has its answer though its end cannot be written', async () => {
    const table = {
      claim: () => Promise.resolve([claimed]),
      settle: () => Promise.reject(new Error('away')),
    };
    expect(await waiting(table).deliver()).toBe('SENT');
  });
});
