import type { AuditService } from '@portillon/audit';
import { AppError, Channel } from '@portillon/kernel';
import type { Delivery, NotificationService } from '@portillon/notification';
import type { OtpService } from '@portillon/otp';
import { CLIENT, SettableClock, Steps } from '@portillon/testing';
import type { CodeDestinationService } from './code-destination.service';
import { CodeDeliveryService } from './code-delivery.service';
import type { CodeMessageService } from './code-message.service';
import type { PendingCode, Sending, SendRequest } from './code-delivery.types';
import type { SendLimitService } from '../limits/send-limit.service';
import { CLAIRE } from '../testing/sign-in.fixture';

const clock = new SettableClock();
const CLAIRE_BY_SMS = { ...CLAIRE, policy: { ...CLAIRE.policy, egressAddresses: [] } };
const REQUEST: SendRequest = { purpose: 'sign-in', account: CLAIRE_BY_SMS, client: CLIENT };
const PENDING = {
  challenge: {
    id: 'challenge',
    channel: 'SMS',
    sentAt: clock.now(),
    expiresAt: clock.now(),
    resendAvailableAt: clock.now(),
  },
  message: { id: 'message' },
  otherChannels: ['EMAIL'],
} as unknown as PendingCode;

interface World {
  delivery?: Delivery;
  /** The channels whose limit is reached. */
  full?: Channel[];
  proves?: boolean;
  /** Whether the structure sends codes by SMS only. */
  smsAlone?: boolean;
}

function delivering({ delivery = 'SENT', full = [], proves = false, smsAlone = false }: World = {}) {
  const steps = new Steps();
  const asked: Channel[] = [];
  const limits = steps.of<SendLimitService>('limits', {
    requireBudget: async ({ channel }, otherChannels) => {
      asked.push(channel);
      const data = { counted: 'sms-budget', otherChannels };
      if (full.includes(channel)) throw new AppError('attempts.exceeded', { data });
    },
    opensMail: async (allowed) => full.includes('SMS') && !allowed.includes('EMAIL'),
    countSent: async () => undefined,
  });
  const channels = steps.of<CodeDestinationService>('destinations', {
    choose: <Request extends SendRequest>(request: Request): Sending<Request> => ({
      ...request,
      channel: request.channel ?? 'SMS',
      destination: 'somewhere',
    }),
    others: ({ channel, mailToo }) =>
      proves || (smsAlone && !mailToo) ? [] : (['SMS', 'EMAIL'] as const).filter((one) => one !== channel),
    allowed: ({ mailToo }) => (smsAlone && !mailToo ? ['SMS'] : ['SMS', 'EMAIL']),
    proves: () => proves,
  });
  const service = new CodeDeliveryService(
    steps.of<OtpService>('otp', { allowResend: async () => undefined }),
    limits,
    steps.of<NotificationService>('notifications', { deliver: async () => delivery }),
    channels,
    {} as CodeMessageService,
    {} as AuditService,
    clock,
  );
  const send = (request: SendRequest) =>
    service.countedSend(request, async ({ channel }) => channel ?? 'SMS');
  return { steps, service, asked, send };
}

describe('a code on its way', () => {
  it('counts nothing when it did not leave, and may be asked for again at once', async () => {
    const { steps, service } = delivering({ delivery: 'FAILED' });
    await expect(service.deliver(PENDING)).rejects.toMatchObject({
      code: 'delivery.failed',
      data: { challenge: { id: 'challenge', delivery: 'failed', otherChannels: ['EMAIL'] } },
    });
    expect(steps.taken).toEqual(['notifications.deliver', 'otp.allowResend']);
  });

  it.each([
    ['SENT', 'sent'],
    ['UNCONFIRMED', 'unconfirmed'],
  ] as const)('stands, and stays counted, when it is %s', async (delivery, shown) => {
    const { steps, service } = delivering({ delivery });
    expect(await service.deliver(PENDING)).toEqual({ ...PENDING, delivery: shown });
    expect(steps.taken).toEqual(['notifications.deliver', 'limits.countSent']);
  });

  it('goes by no other channel for another failure than a limit', async () => {
    const { service } = delivering();
    for (const failure of [new AppError('session.required'), new Error('database gone')]) {
      const sent = service.countedSend(REQUEST, () => Promise.reject(failure));
      await expect(sent).rejects.toBe(failure);
    }
  });

  it('goes by mail when SMS have reached a limit', async () => {
    const { asked, send } = delivering({ full: ['SMS'] });
    expect(await send(REQUEST)).toBe('EMAIL');
    expect(asked).toEqual(['SMS', 'EMAIL']);
  });

  it('goes by mail once the budget of SMS is used up, where the structure lets it come by SMS alone', async () => {
    const { asked, send } = delivering({ full: ['SMS'], smsAlone: true });
    expect(await send(REQUEST)).toBe('EMAIL');
    expect(asked).toEqual(['SMS', 'EMAIL']);
    const named = delivering({ full: ['SMS'], smsAlone: true }).send({ ...REQUEST, channel: 'SMS' });
    await expect(named).rejects.toMatchObject({ data: { otherChannels: ['EMAIL'] } });
  });

  it('goes by no other channel than the one that was named, than the one it proves, nor where all are full', async () => {
    const refusal = { code: 'attempts.exceeded' };
    const named = { ...REQUEST, channel: 'SMS' as const };
    await expect(delivering({ full: ['SMS'] }).send(named)).rejects.toMatchObject(refusal);
    const proving = delivering({ full: ['SMS'], proves: true });
    await expect(proving.send(REQUEST)).rejects.toMatchObject(refusal);
    expect(proving.asked).toEqual(['SMS']);
    await expect(delivering({ full: ['SMS', 'EMAIL'] }).send(REQUEST)).rejects.toMatchObject(refusal);
  });
});
