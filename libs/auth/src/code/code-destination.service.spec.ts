import type { Account, Phone } from '@portillon/account';
import type { ChannelPolicy, CodeChannelService } from '@portillon/access';
import type { Channel } from '@portillon/kernel';
import type { NotificationService } from '@portillon/notification';
import type { OtpPurpose } from '@portillon/otp';
import { CLIENT } from '@portillon/testing';
import { CLAIRE } from '../testing/sign-in.fixture';
import { CodeDestinationService } from './code-destination.service';
import { CodePurposeRegistry } from './code-purpose.registry';
import type { CodePurposes } from './code-purpose.types';
import type { SendRequest } from './code-delivery.types';

const PROVES_MAIL = 'proves-mail' as OtpPurpose;
const PROVES_PHONE = 'proves-phone' as OtpPurpose;
const PHONE: Phone = { number: '+33612345678', verifiedAt: new Date('2026-01-01') };
const REACHABLE: Account = { ...CLAIRE, phone: PHONE };
const UNAVAILABLE = expect.objectContaining({ code: 'channel.unavailable' });

interface World {
  /** The channels by which the user may get a code, the preferred one first. */
  allowed?: Channel[];
  /** The channels that can send messages at present. */
  leaving?: Channel[];
  /** Whether the structure allows codes by SMS. */
  smsAllowed?: boolean;
}

function destinations({
  allowed = ['EMAIL', 'SMS'],
  leaving = ['EMAIL', 'SMS'],
  smsAllowed = true,
}: World = {}) {
  const purposes = new CodePurposeRegistry();
  const { journal, texts } = purposes.get('sign-in');
  purposes.register({
    [PROVES_MAIL]: { proves: 'EMAIL', journal, texts },
    [PROVES_PHONE]: { proves: 'SMS', journal, texts },
  } satisfies CodePurposes);
  const service = new CodeDestinationService(
    {
      allows: (_: Account, channel: Channel) => channel !== 'SMS' || smsAllowed,
    } as unknown as ChannelPolicy,
    { of: () => allowed } as unknown as CodeChannelService,
    { available: (channel: Channel) => leaving.includes(channel) } as NotificationService,
    purposes,
  );
  const choose = (request: Partial<SendRequest> = {}) =>
    service.choose({ purpose: 'sign-in', account: REACHABLE, client: CLIENT, ...request });
  return { choose, others: (request: Partial<SendRequest> = {}) => service.others(choose(request)) };
}

describe('a code for a person', () => {
  it('goes by the way that they prefer, to what is proved', () => {
    const mail = { channel: 'EMAIL', destination: 'claire@hopital.example' };
    expect(destinations().choose()).toMatchObject(mail);
    const sms = { channel: 'SMS', destination: '+33612345678' };
    expect(destinations({ allowed: ['SMS', 'EMAIL'] }).choose()).toMatchObject(sms);
  });

  it('goes by the way that was asked for, as far as they may have it', () => {
    expect(destinations().choose({ channel: 'SMS' })).toMatchObject({ channel: 'SMS' });
    expect(() => destinations({ allowed: ['SMS'] }).choose({ channel: 'EMAIL' })).toThrow(UNAVAILABLE);
  });

  it('goes by mail too once the day’s SMS are used up, whatever their structure prefers', () => {
    const { choose, others } = destinations({ allowed: ['SMS'] });
    expect(choose({ channel: 'EMAIL', mailToo: true })).toMatchObject({ channel: 'EMAIL' });
    expect(others({ mailToo: true })).toEqual(['EMAIL']);
  });

  it('goes nowhere for a person who may have none', () => {
    expect(() => destinations({ allowed: [] }).choose()).toThrow(UNAVAILABLE);
  });

  it('goes by no way by which messages cannot leave just now', () => {
    expect(() => destinations({ leaving: ['EMAIL'] }).choose({ channel: 'SMS' })).toThrow(UNAVAILABLE);
  });

  it('may come by the other way too', () => {
    expect(destinations().others()).toEqual(['SMS']);
    expect(destinations().others({ channel: 'SMS' })).toEqual(['EMAIL']);
    expect(destinations({ allowed: ['SMS'] }).others()).toEqual([]);
  });
});

describe('a code that proves an address', () => {
  it('goes to that address, and to no other place', () => {
    const { choose, others } = destinations({ allowed: ['SMS'] });
    const request = { purpose: PROVES_MAIL, newEmail: 'claire@maison.example', channel: 'SMS' as const };
    expect(choose(request)).toMatchObject({ channel: 'EMAIL', destination: 'claire@maison.example' });
    expect(others(request)).toEqual([]);
  });

  it('goes nowhere while no mail leaves', () => {
    const { choose } = destinations({ leaving: ['SMS'] });
    expect(() => choose({ purpose: PROVES_MAIL, newEmail: 'claire@maison.example' })).toThrow(UNAVAILABLE);
  });
});

describe('a code that proves a number', () => {
  it('goes to the number though it is not proved yet, and to no other place', () => {
    const account = { ...CLAIRE, phone: { ...PHONE, verifiedAt: null } };
    const { choose, others } = destinations({ allowed: ['EMAIL'] });
    expect(choose({ purpose: PROVES_PHONE, account })).toMatchObject({
      channel: 'SMS',
      destination: '+33612345678',
    });
    expect(others({ purpose: PROVES_PHONE, account })).toEqual([]);
  });

  it('goes nowhere where the structure forbids SMS, nor while none leaves', () => {
    for (const world of [{ smsAllowed: false }, { leaving: ['EMAIL'] as Channel[] }])
      expect(() => destinations(world).choose({ purpose: PROVES_PHONE })).toThrow(UNAVAILABLE);
  });

  it('needs a number', () => {
    const account = { ...CLAIRE, phone: null };
    expect(() => destinations().choose({ purpose: PROVES_PHONE, account })).toThrow(
      expect.objectContaining({ code: 'phone.missing' }),
    );
  });

  it('proves no address where SMS are forbidden: that one still goes by mail', () => {
    const { choose } = destinations({ smsAllowed: false });
    expect(choose({ purpose: PROVES_MAIL })).toMatchObject({ channel: 'EMAIL' });
  });
});
