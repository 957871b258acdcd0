import { AppError } from '@portillon/kernel';
import { generateKeyPairSync } from 'node:crypto';
import { requireValidApplication } from './application-fields.policy';
import { addressRules, offeredAuthMethods, offeredPkceRules } from './application.options';
import { AUTH_METHODS } from './application.types';
import type { ApplicationKind, ApplicationSettings } from './application.types';

const CALLBACK = 'https://app.hopital.example/callback';
const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const PUBLIC = publicKey.export({ format: 'jwk' }) as Record<string, unknown>;
const PRIVATE = privateKey.export({ format: 'jwk' }) as Record<string, unknown>;
const WEAK = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export({ format: 'jwk' });

type Changes = Partial<ApplicationSettings> & { kind?: ApplicationKind };

function faultsOf(changes: Changes, rules = addressRules({})): Record<string, string> {
  try {
    requireValidApplication(
      { ...VALID, ...changes },
      { methods: AUTH_METHODS, pkce: offeredPkceRules({}) },
      rules,
    );
    return {};
  } catch (error) {
    return Object.fromEntries((error as AppError).errors!.map(({ field, code }) => [field, code]));
  }
}

const VALID: ApplicationSettings & { kind: ApplicationKind } = {
  kind: 'web',
  name: 'Orientation',
  redirectUris: [CALLBACK],
  postLogoutRedirectUris: [],
  initiateLoginUri: null,
  backchannelLogoutUri: null,
  homeUri: null,
  authMethod: 'client_secret_basic',
  pkce: 'required',
  jwks: null,
  jwksUri: null,
  tlsSubjectDn: null,
  scopes: ['openid', 'profile'],
  audienceRoles: [],
  audienceStructures: [],
  audienceProfessions: [],
  minAcr: null,
  maxAgeSeconds: null,
  confirmIdentity: false,
  trusted: false,
  claimsShape: 'plain',
  idTokenAlg: 'RS256',
  claimNames: true,
  claimMail: false,
  claimGroups: false,
  resources: [],
  offlineAccess: false,
  gateAssertion: false,
};

describe('the address a sign-in returns to', () => {
  const of = (uri: string, kind: ApplicationKind = 'web') =>
    faultsOf({ kind, redirectUris: [uri], ...(kind === 'web' ? {} : { authMethod: 'none' }) })[
      'redirectUris'
    ];

  it.each([
    CALLBACK,
    'https://app.example:8443/cb?tenant=1',
    'http://127.0.0.1:4000/cb',
    'http://localhost/cb',
    'http://[::1]:3/cb',
  ])('may be %s', (uri) => {
    expect(of(uri)).toBeUndefined();
  });

  it.each([
    ['http://app.example/cb', 'uri-not-https'],
    ['http://127.0.0.1.attacker.example/cb', 'uri-not-https'],
    ['http://localhost.attacker.example/cb', 'uri-not-https'],
    ['javascript:alert(1)', 'uri-not-https'],
    ['data:text/html,x', 'uri-not-https'],
    ['com.example.app:/cb', 'uri-not-https'],
    [`${CALLBACK}#x`, 'uri-fragment'],
    [`${CALLBACK}#`, 'uri-fragment'],
    ['https://*.hopital.example/cb', 'uri-wildcard'],
    ['https://app.example/*', 'uri-wildcard'],
    ['https://app.example@attacker.example/cb', 'uri-invalid'],
    ['https:\\\\attacker.example/cb', 'uri-invalid'],
    ['https://app.example/\tcb', 'uri-invalid'],
    ['https://app.example/c b', 'uri-invalid'],
    ['/callback', 'uri-invalid'],
    ['https://', 'uri-invalid'],
    ['', 'uri-invalid'],
    [`https://app.example/${'x'.repeat(1000)}`, 'uri-invalid'],
  ])('may not be %j', (uri, code) => {
    expect(of(uri)).toBe(code);
  });

  it.each(['com.example.app:/cb', 'fr.hopital-nord.app:/cb', 'http://127.0.0.1/cb', CALLBACK])(
    'of an installed application may be %s',
    (uri) => {
      expect(of(uri, 'native')).toBeUndefined();
    },
  );

  it.each([
    'app:/cb',
    'javascript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'http://app.example/cb',
  ])('of an installed application may not be %s', (uri) => {
    expect(of(uri, 'native')).toBe('uri-not-https');
  });

  it('is required once for applications that people open, and refused for others', () => {
    expect(faultsOf({ redirectUris: [] })).toEqual({ redirectUris: 'redirect-required' });
    expect(faultsOf({ redirectUris: [CALLBACK, CALLBACK] })).toEqual({ redirectUris: 'invalid' });
    expect(faultsOf({ kind: 'service', scopes: [] })).toEqual({ redirectUris: 'redirect-of-kind' });
  });
});

describe('every other address of an application', () => {
  it.each(['homeUri', 'initiateLoginUri', 'backchannelLogoutUri', 'jwksUri'] as const)(
    '%s is https',
    (field) => {
      expect(faultsOf({ [field]: 'http://app.example/' })[field]).toBe('uri-not-https');
    },
  );

  it.each(['postLogoutRedirectUris', 'resources'] as const)('in %s is https', (field) => {
    expect(faultsOf({ [field]: ['https://app.example/', 'http://app.example/'] })[field]).toBe(
      'uri-not-https',
    );
  });
});

describe('an address on the machine itself, in production', () => {
  const production = addressRules({ loopbackPages: false, plainHosts: ['localhost'] });
  const LOCAL = 'http://localhost:4000/';

  it.each(['web', 'gate'] as const)(
    'is not allowed for a %s application, whose pages people open',
    (kind) => {
      const authMethod = kind === 'gate' ? 'none' : 'client_secret_basic';
      const local = { redirectUris: [LOCAL], postLogoutRedirectUris: [LOCAL], homeUri: LOCAL };
      expect(faultsOf({ kind, authMethod, ...local, initiateLoginUri: LOCAL }, production)).toEqual({
        redirectUris: 'uri-not-https',
        postLogoutRedirectUris: 'uri-not-https',
        homeUri: 'uri-not-https',
        initiateLoginUri: 'uri-not-https',
      });
    },
  );

  it('is that of an installed application', () => {
    const redirectUris = ['http://127.0.0.1/cb'];
    expect(faultsOf({ kind: 'native', authMethod: 'none', redirectUris }, production)).toEqual({});
  });

  it('receives sign-outs only if OUTBOUND_ALLOW names it', () => {
    expect(faultsOf({ backchannelLogoutUri: LOCAL }, production)).toEqual({});
    expect(faultsOf({ backchannelLogoutUri: 'http://127.0.0.1:4000/' }, production)).toEqual({
      backchannelLogoutUri: 'uri-not-https',
    });
  });
});

describe('how an application proves itself', () => {
  it.each<[string, Changes, Record<string, string>]>([
    ['an installed one keeps no secret', { kind: 'native' }, { authMethod: 'auth-method-of-kind' }],
    [
      'the gate needs none',
      { kind: 'gate', redirectUris: ['https://app.example/.portillon/callback'] },
      { authMethod: 'auth-method-of-kind' },
    ],
    [
      'a machine proves itself',
      { kind: 'service', redirectUris: [], scopes: [], authMethod: 'none' },
      { authMethod: 'auth-method-of-kind' },
    ],
    ['pages in a browser keep no secret', { authMethod: 'none' }, {}],
    ['keys are asked for', { authMethod: 'private_key_jwt' }, { jwks: 'keys-required' }],
    [
      'keys are in one place',
      { authMethod: 'private_key_jwt', jwks: { keys: [PUBLIC] }, jwksUri: 'https://app.example/jwks' },
      { jwks: 'keys-required' },
    ],
    ['public keys are taken', { authMethod: 'private_key_jwt', jwks: { keys: [PUBLIC] } }, {}],
    [
      'a private key is sent back',
      { authMethod: 'private_key_jwt', jwks: { keys: [PRIVATE] } },
      { jwks: 'private-key' },
    ],
    [
      'a shared key is sent back',
      { authMethod: 'private_key_jwt', jwks: { keys: [{ kty: 'oct', k: 'AAAA' }] } },
      { jwks: 'private-key' },
    ],
    [
      'a weak key is refused',
      { authMethod: 'private_key_jwt', jwks: { keys: [WEAK] } },
      { jwks: 'keys-invalid' },
    ],
    ['no key is no key set', { authMethod: 'private_key_jwt', jwks: { keys: [] } }, { jwks: 'keys-invalid' }],
    ['keys are of their method', { jwks: { keys: [PUBLIC] } }, { jwks: 'keys-of-method' }],
    ['a certificate has a subject', { authMethod: 'tls_client_auth' }, { tlsSubjectDn: 'subject-required' }],
    ['a subject is of its method', { tlsSubjectDn: 'CN=app' }, { tlsSubjectDn: 'subject-of-method' }],
    ['a subject is taken', { authMethod: 'tls_client_auth', tlsSubjectDn: 'CN=app' }, {}],
  ])('%s', (_, changes, faults) => {
    expect(faultsOf(changes)).toEqual(faults);
  });
});

it('a certificate is refused where the server sees none', () => {
  const settings = { ...VALID, authMethod: 'tls_client_auth', tlsSubjectDn: 'CN=app' } as const;
  const offered = { methods: offeredAuthMethods({}), pkce: offeredPkceRules({}) };
  const errors = [expect.objectContaining({ field: 'authMethod', code: 'auth-method-off' }) as object];
  expect(() => requireValidApplication(settings, offered, addressRules({}))).toThrow(
    expect.objectContaining({ errors }),
  );
  expect(offeredAuthMethods({ clientCertificates: true })).toContain('tls_client_auth');
});

describe('PKCE', () => {
  it.each<[string, Changes, string | undefined]>([
    ['may give way to a nonce', { pkce: 'nonce' }, undefined],
    ['is required of a page without a secret', { pkce: 'nonce', authMethod: 'none' }, 'pkce-of-method'],
    [
      'is required of an installed application',
      { kind: 'native', pkce: 'off', authMethod: 'none' },
      'pkce-of-method',
    ],
    ['is not off unless the operator accepts the risk', { pkce: 'off' }, 'pkce-off'],
  ])('%s', (_, changes, faults) => {
    expect(faultsOf(changes)['pkce']).toBe(faults);
  });

  it('is optional if the operator accepts the risk', () => {
    const offered = { methods: AUTH_METHODS, pkce: offeredPkceRules({ pkceOff: true }) };
    expect(() => requireValidApplication({ ...VALID, pkce: 'off' }, offered, addressRules({}))).not.toThrow();
  });
});

describe('the APIs that an application may call', () => {
  it.each([
    [['https://api.example']],
    [['https://api.example planning:read planning:write', 'https://other.example/v2 read']],
  ])('have scopes after their address, or none: %j', (resources) => {
    expect(faultsOf({ resources })).toEqual({});
  });

  it.each([
    [['https://api.example ']],
    [['https://api.example a  b']],
    [['https://api.example a a']],
    [['https://api.example "a"']],
    [['https://api.example é']],
    [['https://api.example a', 'https://api.example b']],
  ])('are not %j', (resources) => {
    expect(faultsOf({ resources })).toEqual({ resources: 'invalid' });
  });

  it.each(['openid', 'email', 'accounts:read', 'offline_access'])(
    'have no scope with the name of one of this service: %s',
    (scope) => {
      expect(faultsOf({ resources: [`https://api.example ${scope}`] })).toEqual({
        resources: 'scope-unknown',
      });
    },
  );
});

describe('the scopes that an application may request', () => {
  it.each<[Changes, string]>([
    [{ scopes: ['openid', 'accounts:read'] }, 'scope-unknown'],
    [{ scopes: ['openid', 'offline_access'] }, 'scope-unknown'],
    [{ scopes: ['openid', 'openid'] }, 'scope-unknown'],
    [{ scopes: ['profile'] }, 'openid-required'],
    [{ kind: 'service', redirectUris: [], scopes: ['openid'] }, 'scope-unknown'],
  ])('is not %j', (changes, code) => {
    expect(faultsOf(changes)).toEqual({ scopes: code });
  });

  it.each<Changes>([
    { minAcr: 'eidas4' },
    { maxAgeSeconds: -1 },
    { maxAgeSeconds: 1.5 },
    { maxAgeSeconds: 86_401 },
    { audienceRoles: ['Admin'] },
    { audienceProfessions: ['10 '] },
    { audienceStructures: ["' OR 1=1"] },
    { name: ' ' },
    { name: 'two\nlines' },
  ])('cannot be written as %j', (changes) => {
    expect(faultsOf(changes)).toEqual({ [Object.keys(changes)[0]!]: 'invalid' });
  });
});
