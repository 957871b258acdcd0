import type { SetupOptions } from './setup.options';
import type { Account, AccountService } from '@portillon/account';
import { Keyring, MINUTE } from '@portillon/kernel';
import {
  isGsm7,
  segments,
  type Delivery,
  type MailMessage,
  type Message,
  type NotificationService,
  type OutgoingMessage,
} from '@portillon/notification';
import type { RateLimiterService } from '@portillon/rate-limit';
import { SettableClock, Steps } from '@portillon/testing';
import type { ActJournalService } from '@portillon/user-management';
import { claire, NATIONAL } from '@portillon/user-management/testing';
import type { SetupConfirmationRepository } from '../operator/setup-confirmation.repository';
import { SetupConfirmationService, setupTexts, isGoodLink, issueLink } from './setup-confirmation.service';

const KEYS = new Keyring([{ id: 'k1', secret: Buffer.alloc(32, 7) }]);

function hour() {
  const steps = new Steps();
  const clock = new SettableClock();
  const journal = steps.of<ActJournalService>('journal', {
    record: async () => undefined,
  });
  return { steps, clock, journal };
}

function testing(account: Partial<Account> = {}) {
  const fixture = hour();
  const sent: Message[] = [];
  const service = new SetupConfirmationService(
    {} as SetupConfirmationRepository,
    fixture.steps.transactions,
    fixture.journal,
    KEYS,
    fixture.clock,
    fixture.steps.of<AccountService>('accounts', {
      get: async () => claire({ id: 'nadia', locale: 'fr', ...account }),
    }),
    fixture.steps.of<RateLimiterService>('limiter', { consume: async () => undefined }),
    fixture.steps.of<NotificationService>('notifications', {
      available: () => true,
      enqueue: async (message) => {
        sent.push(message);
        return {} as OutgoingMessage;
      },
      deliver: async () => 'SENT' as Delivery,
    }),
    { publicUrl: 'https://portillon.example', serviceName: 'Portillon' },
  );
  return { ...fixture, sent, service };
}

describe('a test message', () => {
  it('goes to the sender’s own address, with a link that only they can use, for an hour', async () => {
    const { sent, service, clock } = testing();
    const isGood = (link: string, id: string) => isGoodLink(KEYS, link, id, clock.now());
    await service.sendMail(NATIONAL);
    const mail = sent[0] as MailMessage;
    expect(mail.to).toBe('claire@hopital.example');
    const token = new URL(mail.body.link!.url).searchParams.get('essai')!;
    expect(isGood(token, 'nadia')).toBe(true);
    expect(isGood(token, 'hugo')).toBe(false);
    expect(isGood(token.replace(/^\d/, '9'), 'nadia')).toBe(false);
    clock.advance(60 * MINUTE);
    expect(isGood(token, 'nadia')).toBe(false);
  });

  it('goes by SMS to the own proved number alone', async () => {
    const number = '+33612345678';
    const unproved = testing({ phone: { number, verifiedAt: null } });
    await expect(unproved.service.sendSms(NATIONAL)).rejects.toMatchObject({
      code: 'setup.phone-not-proved',
    });
    expect(unproved.sent).toEqual([]);
    expect(unproved.steps.taken).not.toContain('limiter.consume');
    const { sent, service } = testing({ phone: { number, verifiedAt: new Date(0) } });
    await service.sendSms(NATIONAL);
    expect(sent).toMatchObject([{ channel: 'SMS', to: number }]);
  });

  it.each(['fr', 'en'] as const)(
    'is one segment of an SMS in %s, of a service with a long name',
    (locale) => {
      const text = setupTexts(locale).sms('Orientation des patients 75');
      expect([isGsm7(text), segments(text)]).toEqual([true, 1]);
    },
  );
});

it.each(['', 'x', '1764000000000.k1.00', 'of another'])(
  'no arrival of a mail is confirmed by a link that is %j',
  async (link) => {
    const { steps, clock, journal } = hour();
    const rows = steps.of<SetupConfirmationRepository>('rows', {});
    const service = new SetupConfirmationService(
      rows,
      steps.transactions,
      journal,
      KEYS,
      clock,
      {} as AccountService,
      {} as RateLimiterService,
      {} as NotificationService,
      {} as SetupOptions,
    );
    const token = link === 'of another' ? issueLink(KEYS, 'hugo', clock.now()).token : link;
    await expect(service.confirmMail(NATIONAL, token)).rejects.toMatchObject({ code: 'setup.test-expired' });
    expect(steps.taken).not.toContain('begin');
  },
);
