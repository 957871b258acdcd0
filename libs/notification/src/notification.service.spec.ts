import { Logger } from '@nestjs/common';
import { SystemRandom } from '@portillon/kernel';
import { SettableClock, Steps } from '@portillon/testing';
import type { ChannelService } from './channels/channel.service';
import { DeliveryService } from './delivery.service';
import { MessageSealService } from './message-seal.service';
import { NotificationPolicy } from './notification.options';
import type { NotificationRepository } from './notification.repository';
import { NotificationService } from './notification.service';
import type { DispatchResult } from './notification.types';
import { OutgoingMessage } from './message.types';
import { sms } from './testing/messages';
import type { SmsRouteService } from './routes/sms-route.service';
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
  const usefulUntil = new Date('9999-12-31T00:00:00Z');

  function waiting(table: Partial<NotificationRepository>) {
    const steps = new Steps();
    const notifications = steps.of<NotificationRepository>('notifications', table);
    const channels = steps.of<ChannelService>('channels', { send: () => Promise.resolve(SENT) });
    const routes = { lastResorts: async () => [] } as unknown as SmsRouteService;
    const delivery = new DeliveryService(notifications, seals, channels, routes, policy, clock, random);
    const service = new NotificationService(notifications, seals, channels, delivery, policy, clock, random);
    const outgoing = new OutgoingMessage('message-1', usefulUntil, sms());
    return { steps, outgoing, deliver: () => service.deliver(outgoing) };
  }

  it('is sent, and its end is written: nothing is claimed or read back', async () => {
    const { steps, deliver } = waiting({ settle: () => Promise.resolve() });
    expect(await deliver()).toBe('SENT');
    expect(steps.taken).toContain('notifications.settle');
    expect(steps.taken).not.toContain('notifications.findState');
  });

  it.each([
    ['SENT', 'SENT'],
    ['FAILED', 'FAILED'],
    ['SENDING', 'UNCONFIRMED'],
    ['PENDING', 'UNCONFIRMED'],
  ] as const)('is not sent by a call that comes second: it is %s', async (state, answer) => {
    const { steps, outgoing, deliver } = waiting({ findState: () => Promise.resolve(state) });
    outgoing.take();
    expect(await deliver()).toBe(answer);
    expect(steps.taken).not.toContain('channels.send');
  });

  it('has its answer though its end cannot be written', async () => {
    expect(await waiting({ settle: () => Promise.reject(new Error('away')) }).deliver()).toBe('SENT');
  });
});
