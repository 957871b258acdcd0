import { auditPersistence, AuditService } from '@portillon/audit';
import { DAY, HOUR, Keyring, SECOND, SystemRandom } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import { concurrently, describeOnEveryEngine, SettableClock, TestDatabase } from '@portillon/testing';
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { openidPersistence } from '../openid.persistence';
import { SigningKeyRotationService } from './signing-key-rotation.service';
import { SigningKeyEntity, SigningKeyRepository } from './signing-key.repository';
import { SigningKeyService } from './signing-key.service';

describeOnEveryEngine('the signing keys', [auditPersistence, openidPersistence], (bench) => {
  const clock = new SettableClock();
  const keyring = new Keyring([{ id: 'k', secret: Buffer.alloc(32, 1) }]);
  const RS256 = { typ: 'JWT', alg: 'RS256' } as const;

  beforeEach(async () => {
    await bench.dataSource.getRepository(SigningKeyEntity).clear();
  });

  it('are made once, whichever of two instances asks first', async () => {
    const instances = [instanceOn(bench), instanceOn(bench)];
    const { results } = await concurrently(4, (index) => instances[index % 2]!.keys.jwks());
    const kids = results.map((set) => set.keys.map(({ kid }) => kid).join());
    expect(new Set(kids).size).toBe(1);
    expect(results[0]!.keys.map(({ alg }) => alg)).toEqual(['RS256', 'ES256']);
  });

  it('publish no private half', async () => {
    const { keys } = await instanceOn(bench).keys.jwks();
    const secrets = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k'];
    expect(keys.flatMap((key) => secrets.filter((member) => member in key))).toEqual([]);
  });

  it('have 3,072 bits where they are of RSA', async () => {
    const { keys } = await instanceOn(bench).keys.jwks();
    const [rsa] = keys.filter(({ kty }) => kty === 'RSA');
    expect(Buffer.from(rsa!.n!, 'base64url').length * 8).toBe(3_072);
  });

  it('stand sealed in the database', async () => {
    await instanceOn(bench).keys.jwks();
    const rows = await bench.dataSource.getRepository(SigningKeyEntity).find();
    expect(rows.map(({ sealed }) => sealed.startsWith('k.'))).toEqual([true, true]);
    expect(JSON.stringify(rows)).not.toMatch(/"d"|\\"d\\"/);
  });

  it('rotate on two instances while a relying party that read them yesterday keeps working', async () => {
    const [one, other] = [instanceOn(bench), instanceOn(bench)];
    await one.keys.jwks();
    expect(await one.rotation.prepare()).toBe(true);
    const yesterday = createLocalJWKSet(await other.keys.jwks());
    clock.advance(DAY);
    const before = await other.keys.sign({ sub: 'claire' }, RS256);
    expect(await one.rotation.rotate()).toMatchObject({ status: 'rotated' });
    clock.advance(SECOND);
    const after = await other.keys.sign({ sub: 'claire' }, RS256);
    expect(decodeProtectedHeader(after).kid).not.toBe(decodeProtectedHeader(before).kid);
    const today = createLocalJWKSet(await one.keys.jwks());
    for (const token of [before, after])
      for (const set of [yesterday, today]) await expect(jwtVerify(token, set)).resolves.toBeDefined();
  });

  it.each([
    ['a second later', SECOND],
    ['at once where its clock steps back', -HOUR],
  ])('sign at another instance %s', async (_when, later) => {
    const [one, other] = [instanceOn(bench), instanceOn(bench)];
    const signer = async () => decodeProtectedHeader(await other.keys.sign({ sub: 'claire' }, RS256)).kid;
    await one.rotation.prepare();
    const before = await signer();
    await one.rotation.rotate({ now: true });
    expect(await signer()).toBe(before);
    clock.advance(later);
    expect(await signer()).not.toBe(before);
  });

  it('wait a day before they sign, unless one was stolen', async () => {
    const { keys, rotation } = instanceOn(bench);
    await keys.jwks();
    expect(await rotation.rotate()).toEqual({ status: 'none-next' });
    await rotation.prepare();
    expect(await rotation.rotate()).toMatchObject({ status: 'too-soon' });
    expect(await rotation.rotate({ now: true })).toMatchObject({ status: 'rotated' });
  });

  it('are prepared once', async () => {
    const { rotation } = instanceOn(bench);
    expect([await rotation.prepare(), await rotation.prepare()]).toEqual([true, false]);
  });

  it('are rotated by one of two commands', async () => {
    const { keys, rotation } = instanceOn(bench);
    await rotation.prepare();
    const { results, errors } = await concurrently(2, () => rotation.rotate({ now: true }));
    expect(results.filter(({ status }) => status === 'rotated')).toHaveLength(1);
    expect(results.length + errors.length).toBe(2);
    expect((await keys.list()).filter(({ state }) => state === 'active')).toHaveLength(2);
  });

  it('leave the published set when a day has passed since they were retired', async () => {
    const { keys, rotation } = instanceOn(bench);
    await rotation.prepare();
    await rotation.rotate({ now: true });
    expect((await keys.jwks()).keys).toHaveLength(4);
    clock.advance(DAY + 1);
    expect((await keys.jwks()).keys).toHaveLength(2);
    expect([await keys.purge(), await keys.purge()]).toEqual([2, 0]);
  });

  function instanceOn({ dataSource }: TestDatabase) {
    const random = new SystemRandom(clock);
    const rows = new SigningKeyRepository(dataSource.getRepository(SigningKeyEntity));
    const keys = new SigningKeyService(rows, keyring, clock, random);
    const journal = { record: async () => undefined } as unknown as AuditService;
    const rotation = new SigningKeyRotationService(rows, keys, new Transactions(dataSource), journal, clock);
    return { keys, rotation };
  }
});
