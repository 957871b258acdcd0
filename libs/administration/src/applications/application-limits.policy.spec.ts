import { beyondReach, NOTHING_GIVEN } from './application-limits.policy';

const STRUCTURE = { structureId: 'hospital' };
const ALL = { trusted: true, audienceStructures: ['clinic'], resources: ['https://api.example/'] };

describe('an administrator of a structure', () => {
  it.each([
    [{ trusted: true }, 'trusted'],
    [{ audienceStructures: ['clinic'] }, 'audienceStructures'],
    [{ audienceStructures: ['hospital', 'clinic'] }, 'audienceStructures'],
    [{ resources: ['https://api.example/'] }, 'resources'],
    [{ kind: 'resource' }, 'kind'],
  ] as const)('does not give %j', (asked, field) => {
    expect(beyondReach(STRUCTURE, NOTHING_GIVEN, asked as never)).toBe(field);
  });

  it.each([
    {},
    { trusted: false },
    { audienceStructures: ['hospital'] },
    { resources: [] },
    { kind: 'service' },
  ])('gives %j', (asked) => {
    expect(beyondReach(STRUCTURE, NOTHING_GIVEN, asked as never)).toBeUndefined();
  });

  it('keeps or takes back what a national one gave', () => {
    expect(beyondReach(STRUCTURE, ALL, ALL)).toBeUndefined();
    expect(beyondReach(STRUCTURE, ALL, NOTHING_GIVEN)).toBeUndefined();
  });
});

it('a national administrator gives everything', () => {
  expect(beyondReach({ structureId: null }, NOTHING_GIVEN, { ...ALL, kind: 'resource' })).toBeUndefined();
});
