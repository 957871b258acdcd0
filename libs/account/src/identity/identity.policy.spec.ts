import { DAY, addMilliseconds } from '@portillon/kernel';
import {
  identityAnnouncedAt,
  identityDueAt,
  identityDueSince,
  identityRequiredAt,
  isIdentityProven,
  isIdentityWorthNoting,
  lookUpDueAt,
} from './identity.policy';

const at = new Date('2026-11-29T10:00:00.000Z');
const verified = { method: 'face-to-face', at } as const;

describe('a verified identity', () => {
  it('is due again after three years, to the day and the hour', () => {
    expect(identityDueAt(verified)).toEqual(new Date('2029-11-29T10:00:00.000Z'));
    expect(identityDueSince(new Date('2029-11-29T10:00:00.000Z'))).toEqual(at);
  });

  it('of a 29 February is due on 1 March', () => {
    const leap = { at: new Date('2028-02-29T10:00:00.000Z') };
    expect(identityDueAt(leap)).toEqual(new Date('2031-03-01T10:00:00.000Z'));
  });

  it('is proven until the moment when it is due', () => {
    expect(isIdentityProven(verified, new Date('2029-11-29T09:59:59.999Z'))).toBe(true);
    expect(isIdentityProven(verified, new Date('2029-11-29T10:00:00.000Z'))).toBe(false);
    expect(isIdentityProven(null, at)).toBe(false);
  });

  it('is recorded again by a sign-in once a year at most', () => {
    expect(isIdentityWorthNoting(null, at)).toBe(true);
    expect(isIdentityWorthNoting(verified, new Date('2027-11-29T09:59:59.999Z'))).toBe(false);
    expect(isIdentityWorthNoting(verified, new Date('2027-11-29T10:00:00.000Z'))).toBe(true);
  });
});

describe('a structure that requires verified identities from a date', () => {
  const from = new Date('2027-03-01T00:00:00.000Z');
  const asked = { identityRequiredFrom: from };
  const before = { method: 'card', at: new Date('2024-01-01T00:00:00.000Z') } as const;

  it.each([
    ['nobody without such a date', { identityRequiredFrom: null }, null, null],
    ['from its date who never was verified', asked, null, from],
    ['from its date who was due before it', asked, before, from],
    ['from the day when it is due who was verified', asked, verified, new Date('2029-11-29T10:00:00.000Z')],
  ])('turns away %s', (_, policy, identity, expected) => {
    expect(identityRequiredAt(policy, identity)).toEqual(expected);
  });

  it('announces the date from 30 days before, and not earlier', () => {
    const noticeFrom = (days: number, identity: typeof verified | null = null) =>
      identityAnnouncedAt(asked, identity, addMilliseconds(from, days * DAY));
    expect([-31, -30, 0, 1].map((days) => noticeFrom(days))).toEqual([null, from, from, from]);
    expect(noticeFrom(1, verified)).toBeNull();
    expect(identityAnnouncedAt({ identityRequiredFrom: null }, null, from)).toBeNull();
  });
});

describe('a national id that was looked up', () => {
  it('is looked up again after two years', () => {
    expect(lookUpDueAt(at)).toEqual(new Date('2028-11-29T10:00:00.000Z'));
  });
});
