import { faultOfAssertion } from './client-metadata';

const ISSUER = 'https://portillon.example';
const TOKEN = `${ISSUER}/oidc/token`;
const NOW = 1_800_000_000;

const fault = (changes: object) =>
  faultOfAssertion({ aud: ISSUER, exp: NOW + 60, iat: NOW, ...changes }, [ISSUER, TOKEN], {
    now: NOW,
    tolerance: 5,
  });

describe('the assertion of a client', () => {
  it.each([{}, { aud: TOKEN }, { iat: undefined }, { iat: NOW + 5 }, { exp: NOW + 3_605 }])(
    'is taken with %j',
    (changes) => {
      expect(fault(changes)).toBeUndefined();
    },
  );

  it.each<[string, object]>([
    ['aud', { aud: [ISSUER, 'https://other.example'] }],
    ['aud', { aud: [ISSUER] }],
    ['aud', { aud: `${ISSUER}/oidc/par` }],
    ['aud', { aud: 'https://other.example' }],
    ['aud', { aud: undefined }],
    ['exp', { exp: NOW + 3_606 }],
    ['iat', { iat: NOW + 6 }],
  ])('is refused for its %s: %j', (name, changes) => {
    expect(fault(changes)).toContain(`(${name})`);
  });
});
