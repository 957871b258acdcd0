import { createHmac, createSign, generateKeyPairSync, KeyObject } from 'node:crypto';
import { SettableClock } from '@portillon/testing';
import { resolveOptions } from '../pro-sante-connect.options';
import { providerKeys } from './provider-discovery.service';
import { TokenIssuer, ProviderTokenVerifierService } from './provider-token-verifier.service';

const ISSUER = 'https://psc.example';
const US = 'portillon';
const DISCOVERY = `${ISSUER}/.well-known/wallet-openid-configuration`;

describe('what PSC signed', () => {
  const clock = new SettableClock();
  const seconds = () => Math.floor(clock.now().getTime() / 1_000);
  const old = pairOf(2_048);
  let published: Record<string, KeyObject>;
  let asked: number;
  let verifier: ProviderTokenVerifierService;
  let psc: TokenIssuer;

  beforeEach(() => {
    published = { old: old.publicKey };
    asked = 0;
    const provider = { discoveryUrl: DISCOVERY, clientId: US, authentication: { clientSecret: 'secret' } };
    const fetching = async () => {
      asked++;
      return Response.json({ keys: Object.entries(published).map(([kid, key]) => jwkOf(kid, key)) });
    };
    psc = { issuer: ISSUER, keys: providerKeys(`${ISSUER}/certs`, 1_000, fetching as typeof fetch) };
    verifier = new ProviderTokenVerifierService(
      resolveOptions({ publicUrl: 'https://us.example', provider }),
      clock,
    );
  });

  const claims = (changes: object = {}) => {
    const now = seconds();
    return { iss: ISSUER, sub: 'f:1', aud: US, iat: now, exp: now + 300, acr: 'eidas1', ...changes };
  };
  const signed = (changes: object = {}, header: object = {}, key = old.privateKey) => {
    const text = `${encoded({ alg: 'RS256', kid: 'old', ...header })}.${encoded(claims(changes))}`;
    return `${text}.${createSign('sha256').update(text).sign(key, 'base64url')}`;
  };

  it('is believed, and its keys are asked for once', async () => {
    for (let time = 0; time < 3; time++)
      expect(await verifier.idToken(signed(), psc)).toMatchObject({ sub: 'f:1', acr: 'eidas1' });
    expect(asked).toBe(1);
  });

  it.each([
    ['of another issuer (oidcc-client-test-invalid-iss)', { iss: 'https://evil.example' }],
    ['of an issuer with a slash more', { iss: `${ISSUER}/` }],
    ['for another client (oidcc-client-test-invalid-aud)', { aud: 'another' }],
    ['for no client (oidcc-client-test-missing-aud)', { aud: undefined }],
    ['for us among others, issued to another', { aud: [US, 'another'], azp: 'another' }],
    ['for several, issued to nobody', { aud: [US, 'another'] }],
    ['of another way to sign in', { acr: 'eidas0' }],
    ['of an empty subject', { sub: '' }],
    ['of no subject (oidcc-client-test-missing-sub)', { sub: undefined }],
    ['of no known time (oidcc-client-test-missing-iat)', { iat: undefined }],
    ['that was issued in two hours', { iat: 4_000_000_000, exp: 4_000_000_300 }],
    ['of a person who is to prove it in two hours', { auth_time: 4_000_000_000 }],
    ['without an end', { exp: undefined }],
    ['not good yet', { nbf: 4_000_000_000 }],
  ])('is refused %s', async (_, changes) => {
    await expect(verifier.idToken(signed(changes), psc)).rejects.toThrow();
  });

  it('is refused past its end by our own clock, which PSC’s may be half a minute off', async () => {
    const token = signed({ exp: seconds() - 29 });
    await expect(verifier.idToken(token, psc)).resolves.toBeDefined();
    await expect(verifier.idToken(signed({ exp: seconds() - 31 }), psc)).rejects.toThrow();
  });

  const text = (alg: string) => `${encoded({ alg, kid: 'old' })}.${encoded(claims())}`;
  const macBySecret = () => {
    const secret = old.publicKey.export({ format: 'pem', type: 'spki' });
    return createHmac('sha256', secret).update(text('HS256')).digest('base64url');
  };

  it.each([
    ['oidcc-client-test-idtoken-sig-none', () => `${text('none')}.`],
    ['oidcc-client-test-invalid-sig-hs256', () => `${text('HS256')}.${macBySecret()}`],
    ['oidcc-client-test-invalid-sig-es256', () => signed({}, { alg: 'ES256' })],
    ['PS256', () => signed({}, { alg: 'PS256' })],
  ])('is refused in every other algorithm, before a key is looked for: %s', async (_, token) => {
    await expect(verifier.idToken(token(), psc)).rejects.toMatchObject({ code: 'ERR_JOSE_ALG_NOT_ALLOWED' });
    expect(asked).toBe(0);
  });

  it('oidcc-client-test-kid-absent-single-jwks: is believed without a key id where there is one key', async () => {
    await expect(verifier.idToken(signed({}, { kid: undefined }), psc)).resolves.toMatchObject({
      sub: 'f:1',
    });
  });

  it('oidcc-client-test-kid-absent-multiple-jwks: is refused without a key id where there are several', async () => {
    published['other'] = pairOf(2_048).publicKey;
    await expect(verifier.idToken(signed({}, { kid: undefined }), psc)).rejects.toThrow();
  });

  it('is refused with an unknown critical header', async () => {
    const token = signed({}, { crit: ['exp'], exp: 1 });
    await expect(verifier.idToken(token, psc)).rejects.toMatchObject({ code: 'ERR_JOSE_NOT_SUPPORTED' });
  });

  it('is refused with another’s signature, with other claims, and in pieces', async () => {
    const [header, payload, signature] = signed().split('.') as [string, string, string];
    const forged = [
      signed({}, {}, pairOf(2_048).privateKey),
      `${header}.${encoded(claims({ sub: 'f:2' }))}.${signature}`,
      `${header}.${payload}.`,
      `${header}.${payload}.${signature}.${signature}`,
      `${header}.${payload}`,
    ];
    for (const token of forged) await expect(verifier.idToken(token, psc)).rejects.toThrow();
  });

  it('is refused with a key too short to prove anything', async () => {
    const short = pairOf(1_024);
    published = { short: short.publicKey };
    const token = signed({}, { kid: 'short' }, short.privateKey);
    await expect(verifier.idToken(token, psc)).rejects.toThrow('2048');
  });

  it('is believed at once with a new key, and no more with one that was taken back', async () => {
    await verifier.idToken(signed(), psc);
    const fresh = pairOf(2_048);
    published = { fresh: fresh.publicKey };
    await expect(
      verifier.idToken(signed({}, { kid: 'fresh' }, fresh.privateKey), psc),
    ).resolves.toBeDefined();
    await expect(verifier.idToken(signed(), psc)).rejects.toThrow();
  });

  it('causes no repeated requests for keys by forged tokens', async () => {
    // Made before: the keys are asked for again after a while of the real clock.
    const { privateKey } = pairOf(2_048);
    await verifier.idToken(signed(), psc);
    const foreign = () => signed({}, { kid: 'foreign' }, privateKey);
    for (let time = 0; time < 3; time++) await expect(verifier.logoutToken(foreign(), psc)).rejects.toThrow();
    expect(asked).toBe(1);
  });

  it.each([undefined, 'JWT', 'logout+jwt', 'application/logout+jwt'])(
    'is a logout token where its type is %j',
    async (typ) => {
      await expect(verifier.logoutToken(signed({}, { typ }), psc)).resolves.toBeDefined();
    },
  );

  it.each(['at+jwt', 'token-introspection+jwt', 'secevent+jwt', ''])(
    'is no logout token where its type is %j',
    async (typ) => {
      await expect(verifier.logoutToken(signed({}, { typ }), psc)).rejects.toThrow();
    },
  );

  it('ends a session within 5 minutes of being said', async () => {
    await expect(verifier.logoutToken(signed({ iat: seconds() - 300 }), psc)).resolves.toBeDefined();
    await expect(verifier.logoutToken(signed({ iat: seconds() - 340 }), psc)).rejects.toThrow();
  });
});

function pairOf(modulusLength: number): { publicKey: KeyObject; privateKey: KeyObject } {
  return generateKeyPairSync('rsa', { modulusLength });
}

function jwkOf(kid: string, key: KeyObject): object {
  return { ...key.export({ format: 'jwk' }), kid, alg: 'RS256', use: 'sig' };
}

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
