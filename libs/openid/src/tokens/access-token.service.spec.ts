import { epochSeconds } from '@portillon/kernel';
import { SettableClock } from '@portillon/testing';
import { exportJWK, generateKeyPair, JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import type { SigningKeyService } from '../keys/signing-key.service';
import type { ResolvedOpenidOptions } from '../openid.options';
import { NOW } from '../testing/openid.fixture';
import { AccessTokenService, hasAudience } from './access-token.service';

const ISSUER = 'https://portillon.example';
const CLAIMS = {
  iss: ISSUER,
  aud: 'https://beds.example',
  sub: 'claire',
  client_id: 'agenda',
  iat: epochSeconds(NOW) - 60,
  exp: epochSeconds(NOW) + 60,
};

type KeyPair = Awaited<ReturnType<typeof generateKeyPair>>;

describe('an access token of this service', () => {
  let own: KeyPair;
  let stranger: KeyPair;
  let service: AccessTokenService;

  beforeAll(async () => {
    own = await generateKeyPair('ES256');
    stranger = await generateKeyPair('ES256');
    const published = { ...(await exportJWK(own.publicKey)), kid: 'k1', alg: 'ES256', use: 'sig' };
    const keys = { jwks: async () => ({ keys: [published] }) } as unknown as SigningKeyService;
    const options = { publicUrl: ISSUER } as ResolvedOpenidOptions;
    service = new AccessTokenService(keys, new SettableClock(NOW), options);
  });

  const signed = (claims: JWTPayload, typ = 'at+jwt', pair = own) =>
    new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: 'k1', typ }).sign(pair.privateKey);

  it('is read', async () => {
    expect(await service.read(await signed(CLAIMS))).toEqual(CLAIMS);
  });

  it.each(['JWT', 'id_token+jwt', 'logout+jwt'])('is not a JWT of the type %s', async (typ) => {
    expect(await service.read(await signed(CLAIMS, typ))).toBeUndefined();
  });

  it('is not one that another key has signed, nor none', async () => {
    expect(await service.read(await signed(CLAIMS, 'at+jwt', stranger))).toBeUndefined();
    expect(await service.read(new UnsecuredJWT(CLAIMS).encode())).toBeUndefined();
  });

  it('is not one that was signed with the public key as a secret', async () => {
    const secret = Buffer.from(JSON.stringify(await exportJWK(own.publicKey)));
    const header = { alg: 'HS256', kid: 'k1', typ: 'at+jwt' };
    expect(
      await service.read(await new SignJWT(CLAIMS).setProtectedHeader(header).sign(secret)),
    ).toBeUndefined();
  });

  it.each([
    ['of another issuer', { iss: 'https://evil.example' }],
    ['that is over, to the second', { exp: epochSeconds(NOW) }],
  ])('is not one %s', async (_, changes) => {
    expect(await service.read(await signed({ ...CLAIMS, ...changes }))).toBeUndefined();
  });

  it.each(['exp', 'iat', 'sub', 'aud', 'client_id'])('is not one without %s', async (claim) => {
    const claims = Object.entries(CLAIMS).filter(([name]) => name !== claim);
    expect(await service.read(await signed(Object.fromEntries(claims)))).toBeUndefined();
  });

  it.each(['', 'a.b.c', 'opaque-token'])('is not %j', async (text) => {
    expect(await service.read(text)).toBeUndefined();
  });

  it('is not judged where the keys cannot be read, or are none: that is no refusal', async () => {
    const by = (jwks: () => Promise<unknown>) =>
      new AccessTokenService(
        { jwks } as unknown as SigningKeyService,
        new SettableClock(NOW),
        {} as ResolvedOpenidOptions,
      );
    const token = await signed(CLAIMS);
    const unread = by(() => Promise.reject(new Error('no database')));
    await expect(unread.read(token)).rejects.toThrow('no database');
    const broken = { kty: 'EC', crv: 'P-256', x: 'x', y: 'y', kid: 'k1', alg: 'ES256' };
    await expect(by(async () => ({ keys: [broken] })).read(token)).rejects.toThrow();
  });
});

describe('the audience of a token', () => {
  it.each([
    ['https://beds.example', true],
    [['https://plan.example', 'https://beds.example'], true],
    ['https://beds.example/', false],
    [[], false],
    [undefined, false],
  ])('%j holds one of those that are asked for: %j', (aud, holds) => {
    expect(hasAudience({ ...(aud !== undefined && { aud }) }, ['https://beds.example'])).toBe(holds);
  });
});
