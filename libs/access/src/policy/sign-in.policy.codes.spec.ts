import '@portillon/notification';
import type { Account } from '@portillon/account';
import { type Channel, DAY, HOUR, addMilliseconds } from '@portillon/kernel';
import { channels, clock, emergency, outcome, person, policiesOf, times } from '../testing/policy.fixture';

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
    expect(channels.of(person(asked, rest as Partial<Account>))).toEqual(expected);
  });

  it('are, in a session that is open, the proved number too, though mail is preferred', () => {
    const within = (asked: object, rest: object) => channels.of(person(asked, rest), { inSession: true });
    expect(within({}, { phone: PROVED })).toEqual(['EMAIL', 'SMS']);
    expect(within({}, {})).toEqual(['EMAIL']);
    expect(within({ smsForbidden: true }, { phone: PROVED })).toEqual(['EMAIL']);
    expect(within({}, { phone: PROVED, ...emergency('password') })).toEqual(['EMAIL']);
  });

  it('are not to be chosen against the structure', () => {
    expect(channels.allows(person({ smsForbidden: true }), 'SMS')).toBe(false);
    expect(channels.allows(person({}, { phone: PROVED }), 'EMAIL')).toBe(true);
    const neither = person({ smsForbidden: true, mailFirstTimeOnly: true }, { phone: PROVED });
    expect(channels.allows(neither, 'EMAIL')).toBe(true);
    expect(channels.allows(person({ mailFirstTimeOnly: true }), 'EMAIL')).toBe(true);
    expect(channels.allows(person({ mailFirstTimeOnly: true }, { phone: PROVED }), 'EMAIL')).toBe(false);
  });
});

describe('how long a code holds', () => {
  it.each([
    [null, 23, 'complete'],
    [8, 7, 'complete'],
    [8, 8, 'code-required'],
    [0, 0, 'code-required'],
  ])('with %s hours of the structure, %s hours after', (codeWindowHours, hours, expected) => {
    const rememberedAt = addMilliseconds(clock.now(), -hours * HOUR);
    expect(outcome('password', person({ codeWindowHours }), rememberedAt)).toBe(expected);
  });

  it('is no other sign-in on shared workstations, whatever a browser remembers', () => {
    const claire = person({ sharedWorkstations: true, codeWindowHours: 24 });
    expect(outcome('password', claire, clock.now())).toBe('code-required');
    expect(times.limit('password', claire)).toEqual({ hours: 0, until: null });
  });

  it('is never more than the deployment says', () => {
    expect(times.validUntil(clock.now(), { hours: 24, until: null })).toEqual(
      addMilliseconds(clock.now(), DAY),
    );
    const short = policiesOf({ codeWindowMs: HOUR }).times;
    expect(short.validUntil(clock.now(), { hours: 8, until: null })).toEqual(
      addMilliseconds(clock.now(), HOUR),
    );
  });

  it('is no time at all where each sign-in asks for one, and nothing limits it where nothing was asked', () => {
    expect(times.validUntil(clock.now(), { hours: 0, until: null })).toBeNull();
    expect(times.limit('password', person())).toBeUndefined();
  });

  it('ends with an emergency access, which asks for a code each time', () => {
    const opened = person({}, emergency('password'));
    expect(outcome('password', opened, clock.now())).toBe('code-required');
    const limit = times.limit('password', opened);
    expect(times.validUntil(clock.now(), limit)).toEqual(addMilliseconds(clock.now(), HOUR));
    const longer = times.limit('password', person({}, emergency('password', 2 * DAY)));
    expect(times.validUntil(clock.now(), longer)).toEqual(addMilliseconds(clock.now(), DAY));
  });
});

describe('the channels of a code', () => {
  it('may be of another library, to the address or to the number', () => {
    const text = { fr: 'messagerie', en: 'messenger' };
    // In separate modules: a channel that is declared stays declared.
    jest.isolateModules(() => {
      const { declareChannel } = jest.requireActual<typeof import('@portillon/kernel')>('@portillon/kernel');
      jest.requireActual('@portillon/notification');
      declareChannel('POST' as Channel, { reaches: 'email', proof: 'mail', text });
      const fixture =
        jest.requireActual<typeof import('../testing/policy.fixture')>('../testing/policy.fixture');
      const { channels, person } = fixture;
      const preferred = { codeChannel: 'POST' as Channel };
      expect(channels.of(person())).toEqual(['EMAIL', 'POST']);
      expect(channels.of(person({}, preferred))).toEqual(['POST', 'EMAIL']);
      const bySms = { phone: PROVED, codeChannel: 'SMS' } as const;
      expect(channels.of(person({}, bySms))).toEqual(['SMS', 'EMAIL', 'POST']);
      expect(channels.of(person({ mailFirstTimeOnly: true }, bySms))).toEqual(['SMS']);
    });
  });
});
