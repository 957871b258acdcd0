import { orientation } from '../testing/application.fixture';
import { beyondReach, boundField, isNationallyBound, NOTHING_GIVEN } from './application-limits.policy';

const STRUCTURE = { structureIds: ['hospital'] };
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
  expect(beyondReach({ structureIds: null }, NOTHING_GIVEN, { ...ALL, kind: 'resource' })).toBeUndefined();
});

describe('what a national administrator gave', () => {
  it.each([
    { trusted: true },
    { audienceStructures: ['hospital', 'clinic'] },
    { resources: ['https://api.example/'] },
    { kind: 'resource' as const },
  ])('binds the addresses, keys and secrets too: %j', (given) => {
    expect(isNationallyBound(STRUCTURE, orientation(given))).toBe(true);
    expect(isNationallyBound({ structureIds: null }, orientation(given))).toBe(false);
  });

  it('is nothing in an application of the structure’s own people', () => {
    expect(isNationallyBound(STRUCTURE, orientation({ audienceStructures: ['hospital'] }))).toBe(false);
  });

  const before = orientation({ redirectUris: ['https://o.example/cb'], jwks: { keys: [{ kid: '1' }] } });

  it.each([
    [{ redirectUris: ['https://o.example/cb', 'https://evil.example/cb'] }, 'redirectUris'],
    [{ postLogoutRedirectUris: ['https://evil.example/'] }, 'postLogoutRedirectUris'],
    [{ initiateLoginUri: 'https://evil.example/' }, 'initiateLoginUri'],
    [{ backchannelLogoutUri: 'https://evil.example/' }, 'backchannelLogoutUri'],
    [{ homeUri: 'https://evil.example/' }, 'homeUri'],
    [{ authMethod: 'none' as const }, 'authMethod'],
    [{ jwks: { keys: [{ kid: '2' }] } }, 'jwks'],
    [{ jwksUri: 'https://evil.example/' }, 'jwksUri'],
    [{ tlsSubjectDn: 'CN=evil' }, 'tlsSubjectDn'],
  ])('is kept from %j', (changes, field) => {
    expect(boundField(before, changes)).toBe(field);
  });

  it('leaves the rest, and the same addresses again, to the structure', () => {
    const changes = { name: 'Étoile', minAcr: 'eidas2', redirectUris: ['https://o.example/cb'] };
    expect(boundField(before, { ...changes, jwks: { keys: [{ kid: '1' }] } })).toBeUndefined();
  });
});
