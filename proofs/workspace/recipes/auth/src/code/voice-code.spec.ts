import { ChannelPolicy, CodeChannelService, FactorPolicy } from '@portillon/access';
import type { SignInAccount } from '@portillon/account';
import { SystemClock } from '@portillon/kernel';
import type { NotificationService } from '@portillon/notification';
import type { CodeAccepted } from '@portillon/otp';
import { authPurposes } from '../auth.purposes';
import { countsOf, CountedMessage } from '../limits/send-limits';
import { CodeCheckService } from './code-check.service';
import { codeMessage } from './code-message';

const TO = '+33639981242';

describe('a code by voice', () => {
  it('is offered to an account with a proved number, where calls can be made', () => {
    const codes = { acceptsCodes: () => true } as unknown as FactorPolicy;
    const notifications = { available: () => true } as unknown as NotificationService;
    const policy = new ChannelPolicy(codes, new SystemClock());
    const channels = new CodeChannelService(policy, notifications);
    const phone = { number: TO, verifiedAt: new Date(0) };
    const account = { phone, codeChannel: 'VOICE', policy: {}, emergency: null } as unknown as SignInAccount;
    expect(channels.of(account, 'sign-in')).toEqual(['VOICE', 'SMS', 'EMAIL']);
  });

  it('is written as a text to the number', () => {
    const times = { sentAt: new Date('2026-07-14T15:39:00Z'), expiresAt: new Date('2026-07-14T15:49:00Z') };
    const shown = { code: '048291', reference: 'K7QX', serviceName: 'Portillon', host: 'portillon.example' };
    const texts = authPurposes['sign-in'].texts.fr;
    const message = codeMessage({ channel: 'VOICE', to: TO, locale: 'fr', texts, ...times, ...shown });
    expect(message).toMatchObject({ channel: 'VOICE', to: TO, text: expect.stringContaining('048291') });
  });

  it('counts against the limits of a number, as an SMS does', () => {
    const client = { addressBlock: '203.0.113.7' } as CountedMessage['client'];
    const sending = {
      channel: 'VOICE',
      destination: TO,
      accountId: 'claire',
      client,
      isProof: false,
    } as const;
    const names = countsOf(sending, []).map(({ limit }) => limit.name);
    expect(names).toEqual(['send.block.hour', 'send.sms.account.day', 'send.prefix.10min']);
  });

  it('proves a call, in the words of RFC 8176, and the level that the channel declares', () => {
    const accepted = { channel: 'VOICE', sentAt: new Date(0) } as CodeAccepted;
    const none = {} as never;
    const codes = new CodeCheckService(none, none, none, none, none, new SystemClock());
    expect(codes.factorOf(accepted).proof).toEqual({
      code: 'tel',
      acr: 'eidas1-mfa',
    });
  });
});
