import type { Account } from '@portillon/account';
import { DAY, HOUR, shift } from '@portillon/kernel';
import type { TrustedDeviceService } from '@portillon/session';
import { SignInPolicy } from './sign-in.policy';
import { clock, emergency, noBrowsers, options, outcome, person, policy } from '../testing/policy.fixture';

const PROVED = { number: '+33612345642', verifiedAt: new Date(0) };

describe('the ways that a code may come', () => {
  it.each([
    ['nothing proved', {}, {}, ['EMAIL']],
    ['mail preferred', {}, { phone: PROVED }, ['EMAIL']],
    ['SMS preferred', {}, { phone: PROVED, codeChannel: 'SMS' }, ['SMS', 'EMAIL']],
    ['SMS forbidden', { smsForbidden: true }, { phone: PROVED, codeChannel: 'SMS' }, ['EMAIL']],
    ['mail for the first time', { mailFirstTimeOnly: true }, {}, ['EMAIL']],
    ['mail no longer', { mailFirstTimeOnly: true }, { phone: PROVED }, ['SMS']],
    [
      'an emergency access',
      { mailFirstTimeOnly: true },
      { phone: PROVED, ...emergency('password') },
      ['EMAIL'],
    ],
  ] as const)('%s', (_name, asked, rest, expected) => {
    expect(policy.channels(person(asked, rest as Partial<Account>))).toEqual(expected);
  });

  it('are, in a session that is open, the proved number too, though mail is preferred', () => {
    const within = (asked: object, rest: object) => policy.channels(person(asked, rest), { inSession: true });
    expect(within({}, { phone: PROVED })).toEqual(['EMAIL', 'SMS']);
    expect(within({}, {})).toEqual(['EMAIL']);
    expect(within({ smsForbidden: true }, { phone: PROVED })).toEqual(['EMAIL']);
    expect(within({}, { phone: PROVED, ...emergency('password') })).toEqual(['EMAIL']);
  });

  it('are not to be chosen against the structure', () => {
    expect(policy.allowsChannel(person({ smsForbidden: true }), 'SMS')).toBe(false);
    expect(policy.allowsChannel(person({}, { phone: PROVED }), 'EMAIL')).toBe(true);
    const neither = person({ smsForbidden: true, mailFirstTimeOnly: true }, { phone: PROVED });
    expect(policy.allowsChannel(neither, 'EMAIL')).toBe(true);
    expect(policy.allowsChannel(person({ mailFirstTimeOnly: true }), 'EMAIL')).toBe(true);
    expect(policy.allowsChannel(person({ mailFirstTimeOnly: true }, { phone: PROVED }), 'EMAIL')).toBe(false);
  });
});

describe('how long a code holds', () => {
  it.each([
    [null, 23, 'complete'],
    [8, 7, 'complete'],
    [8, 8, 'code-required'],
    [0, 0, 'code-required'],
  ])('with %s hours of the structure, %s hours after', async (codeWindowHours, hours, expected) => {
    const rememberedAt = shift(clock.now(), -hours * HOUR);
    expect(await outcome('password', person({ codeWindowHours }), rememberedAt)).toBe(expected);
  });

  it('is no other sign-in on shared workstations, whatever a browser remembers', async () => {
    const claire = person({ sharedWorkstations: true, codeWindowHours: 24 });
    expect(await outcome('password', claire, clock.now())).toBe('code-required');
    expect(policy.codeLimit('password', claire)).toEqual({ hours: 0, until: null });
  });

  it('is never more than the deployment says', () => {
    expect(policy.codeValidUntil(clock.now(), { hours: 24, until: null })).toEqual(shift(clock.now(), DAY));
    const short = new SignInPolicy(noBrowsers, clock, { ...options, codeWindowMs: HOUR });
    expect(short.codeValidUntil(clock.now(), { hours: 8, until: null })).toEqual(shift(clock.now(), HOUR));
  });

  it('is no time at all where each sign-in asks for one, and nothing limits it where nothing was asked', () => {
    expect(policy.codeValidUntil(clock.now(), { hours: 0, until: null })).toBeNull();
    expect(policy.codeLimit('password', person())).toBeUndefined();
  });

  it('is that of the latest which still holds, where the deployment counts codes of all browsers', async () => {
    const browser = (hours: number, codeStillValid = true) => {
      return { codeStillValid, codeAcceptedAt: shift(clock.now(), -hours * HOUR) };
    };
    const decided = (browsers: object[]) => {
      const devices = { list: async () => browsers } as unknown as TrustedDeviceService;
      const everywhere = new SignInPolicy(devices, clock, { ...options, codeWindowScope: 'account' });
      return everywhere.decide('password', person(), null);
    };
    const latest = { status: 'complete', codeAcceptedAt: shift(clock.now(), -HOUR) };
    expect(await decided([browser(23), browser(1), browser(0, false)])).toMatchObject(latest);
    expect(await decided([])).toEqual({ status: 'code-required' });
  });

  it('ends with an emergency access, which asks for a code each time', async () => {
    const opened = person({}, emergency('password'));
    expect(await outcome('password', opened, clock.now())).toBe('code-required');
    const limit = policy.codeLimit('password', opened);
    expect(policy.codeValidUntil(clock.now(), limit)).toEqual(shift(clock.now(), HOUR));
    const longer = policy.codeLimit('password', person({}, emergency('password', 2 * DAY)));
    expect(policy.codeValidUntil(clock.now(), longer)).toEqual(shift(clock.now(), DAY));
  });
});
