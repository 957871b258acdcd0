import { DAY } from '@portillon/kernel';
import {
  concurrently,
  describeOnEveryEngine,
  Misconduct,
  processorMs,
  SoftAuthenticator,
} from '@portillon/testing';
import { authenticatorPersistence } from '../authenticator.persistence';
import { PasskeyEntity } from './passkey.entity';
import type { VerifiedRegistration } from './passkey-registration.service';
import type { AcceptedPasskeys } from './passkey.types';
import { CLAIRE, ORIGIN, PasskeyFixture, PAUL } from '../testing/passkey.fixture';

const MANY = 16;
const FACTS = { name: 'Clé de bureau', identityProof: 'pro-sante-connect' } as const;

describeOnEveryEngine('a passkey', [authenticatorPersistence], (database) => {
  let bench: PasskeyFixture;

  beforeEach(async () => {
    await database.empty();
    bench = new PasskeyFixture(database);
  });

  async function register(otherwise: Misconduct = {}, key = new SoftAuthenticator(ORIGIN)) {
    const { options, cookie } = (await bench.registrations.begin(CLAIRE, 'session', false))!;
    return bench.registrations.check(CLAIRE, 'session', cookie, key.create(options, otherwise));
  }
  const save = (checked: unknown) =>
    database.transactions.run((tx) => bench.registrations.save(checked as VerifiedRegistration, FACTS, tx));

  it('is stored with its name and the proof of identity, for its holder only', async () => {
    await save(await register());
    expect(await bench.passkeys.list('claire')).toEqual([
      {
        id: expect.any(String) as string,
        accountId: 'claire',
        name: 'Clé de bureau',
        kind: 'device',
        identityProof: 'pro-sante-connect',
        identityProvedAt: bench.clock.now(),
        createdAt: bench.clock.now(),
        lastUsedAt: null,
      },
    ]);
    expect(await bench.passkeys.list('paul')).toEqual([]);
  });

  it('is requested with user verification, algorithms that every Node supports, and an opaque handle', async () => {
    const { options } = (await bench.registrations.begin(CLAIRE, 'session', false))!;
    expect(options.pubKeyCredParams.map(({ alg }) => alg)).toEqual([-7, -8, -257]);
    expect(options.authenticatorSelection).toMatchObject({
      residentKey: 'required',
      userVerification: 'required',
    });
    expect(options).toMatchObject({ attestation: 'none', rp: { id: 'portillon.example' } });
    const again = (await bench.registrations.begin(CLAIRE, 'session', true))!;
    expect(again.options.user.id).toBe(options.user.id);
    expect(Buffer.from(options.user.id, 'base64url')).toHaveLength(32);
    expect(again.options.authenticatorSelection?.authenticatorAttachment).toBe('cross-platform');
  });

  it.each<[string, Misconduct, string]>([
    ['made at a look-alike page', { origin: 'https://portillon.example.net' }, 'passkey-not-verified'],
    ['made for another relying party', { rpId: 'example.net' }, 'passkey-not-verified'],
    ['made inside a page of another origin', { crossOrigin: true }, 'passkey-cross-origin'],
    ['that is an answer to sign in', { type: 'webauthn.get' }, 'passkey-not-verified'],
    ['made for a challenge of the attacker’s', { challenge: 'AAAA' }, 'passkey-not-verified'],
    ['whose person was not verified', { unverified: true }, 'passkey-not-verified'],
  ])('%s is refused', async (_, otherwise, reason) => {
    expect(await register(otherwise)).toEqual({ status: 'rejected', reason });
  });

  it('has an id of 1,023 bytes at most', async () => {
    const made = (idBytes: number) => register({}, new SoftAuthenticator(ORIGIN, false, idBytes));
    expect(await made(1_024)).toEqual({ status: 'rejected', reason: 'passkey-not-verified' });
    expect(await save(await made(1_023))).toBeDefined();
  });

  it.each([
    ['lists in lists', Buffer.alloc(45_000, 0x81)],
    ['maps in maps', Buffer.alloc(45_000, 0xa1)],
    ['tags of tags', Buffer.alloc(45_000, 0xc1)],
    ['a list as long as it can say', Buffer.from('9bffffffffffffffff', 'hex')],
  ])('made of %s is refused in under 50 ms of the processor', async (_, made) => {
    const { options, cookie } = (await bench.registrations.begin(CLAIRE, 'session', false))!;
    const answer = new SoftAuthenticator(ORIGIN).create(options);
    answer.response.attestationObject = made.toString('base64url');
    const spent = await processorMs(async () =>
      expect(await bench.registrations.check(CLAIRE, 'session', cookie, answer)).toMatchObject({
        reason: 'passkey-not-verified',
      }),
    );
    expect(spent).toBeLessThan(50);
  });

  it('is refused for a challenge of another session, or of a sign-in', async () => {
    const key = new SoftAuthenticator(ORIGIN);
    const { options, cookie } = (await bench.registrations.begin(CLAIRE, 'one', false))!;
    const { cookie: signIn } = await bench.assertions.begin({ purpose: 'sign-in', binding: 'one' });
    const made = key.create(options);
    for (const [binding, wrong] of [
      ['two', cookie],
      ['one', signIn],
      ['one', undefined],
    ] as const)
      expect(await bench.registrations.check(CLAIRE, binding, wrong, made)).toEqual({
        status: 'rejected',
        reason: 'passkey-challenge',
      });
  });

  it(`is kept once when ${MANY} bring one answer at once`, async () => {
    const checked = await register();
    const { results, errors } = await concurrently(MANY, () => save(checked));
    expect(errors).toEqual([]);
    expect(results.filter(Boolean)).toHaveLength(1);
    expect(await bench.passkeys.list('claire')).toHaveLength(1);
  });

  it('of one person is never enrolled for another', async () => {
    const key = await bench.enrolled(PAUL);
    expect(await save(await register({}, key))).toBeUndefined();
    expect(await bench.passkeys.list('claire')).toEqual([]);
  });

  it(`has one handle when ${MANY} ceremonies of one person begin at once`, async () => {
    const { results } = await concurrently(MANY, () => bench.registrations.begin(CLAIRE, 'session', false));
    expect(new Set(results.map((begun) => begun!.options.user.id)).size).toBe(1);
  });

  it('stores the largest counter of an authenticator', async () => {
    expect(await save(await register({ counter: 2 ** 32 - 1 }))).toBeDefined();
    const [row] = await database.dataSource.getRepository(PasskeyEntity).find();
    expect(row?.signCount).toBe(2 ** 32 - 1);
  });

  it('is accepted from a page of a related origin', async () => {
    const origin = 'https://orientation.example';
    expect(await register({ origin })).toMatchObject({ status: 'rejected' });
    bench.options.relatedOrigins.push(origin);
    expect(await register({ origin })).toMatchObject({ status: 'verified' });
  });

  it('is renamed and ended once, by its holder only', async () => {
    await bench.enrolled();
    const { id } = (await bench.passkeys.list('claire'))[0]!;
    const run = (
      work: (tx: Parameters<Parameters<typeof database.transactions.run>[0]>[0]) => Promise<boolean>,
    ) => database.transactions.run(work);
    expect(await run((tx) => bench.passkeys.rename('paul', id, 'À moi', tx))).toBe(false);
    expect(await run((tx) => bench.passkeys.end('paul', id, tx))).toBe(false);
    expect(await run((tx) => bench.passkeys.rename('claire', id, 'Téléphone', tx))).toBe(true);
    expect((await bench.passkeys.list('claire'))[0]?.name).toBe('Téléphone');
    expect(await run((tx) => bench.passkeys.end('claire', id, tx))).toBe(true);
    expect(await run((tx) => bench.passkeys.end('claire', id, tx))).toBe(false);
    expect(await bench.passkeys.list('claire')).toEqual([]);
  });

  it('is attested face to face once, and no proof is overwritten', async () => {
    await bench.enrolled();
    await save(await register());
    const [unproven, proven] = await bench.passkeys.list('claire');
    const attest = (accountId: string, id: string) =>
      database.transactions.run((tx) => bench.passkeys.proveInPerson(accountId, id, tx));
    expect(await attest('paul', unproven!.id)).toBe(false);
    expect(await attest('claire', proven!.id)).toBe(false);
    const { results } = await concurrently(MANY, () => attest('claire', unproven!.id));
    expect(results.filter(Boolean)).toHaveLength(1);
    expect(await bench.passkeys.list('claire')).toMatchObject([
      { identityProof: 'in-person', identityProvedAt: bench.clock.now() },
      { identityProof: 'pro-sante-connect' },
    ]);
  });

  it('is limited to ten', async () => {
    for (let count = 0; count < 10; count += 1) await bench.enrolled();
    expect(await bench.registrations.begin(CLAIRE, 'session', false)).toBeUndefined();
    expect(await bench.registrations.begin(PAUL, 'session', false)).toBeDefined();
    const { id } = (await bench.passkeys.list('claire'))[0]!;
    await database.transactions.run((tx) => bench.passkeys.end('claire', id, tx));
    expect(await bench.registrations.begin(CLAIRE, 'session', false)).toBeDefined();
  });

  it(`is one of ten at most when ${MANY} are added at once`, async () => {
    for (let count = 0; count < 9; count += 1) await bench.enrolled();
    const checked = await Promise.all(Array.from({ length: MANY }, () => register()));
    const { results } = await concurrently(MANY, (index) =>
      database.transactions.run(async (tx) => {
        if (!(await bench.registrations.hasRoom('claire', tx))) return 'full';
        return bench.registrations.save(checked[index] as VerifiedRegistration, FACTS, tx);
      }),
    );
    expect(results.filter((one) => one === 'full')).toHaveLength(MANY - 1);
    expect(await bench.passkeys.list('claire')).toHaveLength(10);
  });

  it('of others does not count towards the maximum, nor an ended one; an erased person keeps none', async () => {
    const hasRoom = () => database.transactions.run((tx) => bench.registrations.hasRoom('claire', tx));
    const endAll = () => database.transactions.run((tx) => bench.passkeys.endAll('claire', tx));
    for (let count = 0; count < 10; count++) await bench.enrolled();
    expect(await hasRoom()).toBe(false);
    expect([await endAll(), await endAll()]).toEqual([10, 0]);
    await bench.enrolled(PAUL);
    expect(await hasRoom()).toBe(true);
    await database.transactions.run((tx) => bench.passkeys.erase('claire', tx));
    expect(await hasRoom()).toBe(false);
  });

  it('is found for the given people, if the structure accepts it', async () => {
    await bench.enrolled(CLAIRE, true);
    await bench.enrolled(PAUL);
    const holders = async (accepted: AcceptedPasskeys) => {
      const asked = [...(await bench.passkeys.holders(['claire', 'paul', 'nadia'], accepted))].sort();
      const [everybody] = bench.passkeys.holdersQueries(accepted);
      const all = await everybody!.getRawMany<{ accountId: string }>();
      expect([...new Set(all.map(({ accountId }) => accountId))].sort()).toEqual(asked);
      return asked;
    };
    expect(await holders({ kind: 'any', identity: 'any' })).toEqual(['claire', 'paul']);
    expect(await holders({ kind: 'device', identity: 'any' })).toEqual(['paul']);
    expect(await holders({ kind: 'any', identity: 'proven' })).toEqual([]);
    await save(await register());
    expect(await holders({ kind: 'device', identity: 'proven' })).toEqual(['claire']);
    await database.transactions.run((tx) => bench.passkeys.endAll('claire', tx));
    expect(await holders({ kind: 'any', identity: 'any' })).toEqual(['paul']);
  });

  it('is deleted 30 days after its end, and immediately with its holder', async () => {
    await bench.enrolled();
    await bench.enrolled(PAUL);
    await database.transactions.run((tx) => bench.passkeys.endAll('claire', tx));
    expect(await bench.passkeys.purge(10)).toBe(0);
    bench.clock.advance(30 * DAY);
    expect(await bench.passkeys.purge(10)).toBe(1);
    await database.transactions.run((tx) => bench.passkeys.erase('paul', tx));
    for (const table of ['passkey', 'passkeyOwner'])
      expect(await database.dataSource.query(`SELECT * FROM ${table} WHERE accountId = 'paul'`)).toEqual([]);
  });

  it('of another relying party is reported while it is active', async () => {
    await bench.enrolled();
    const moved = new PasskeyFixture(database);
    moved.options.rpId = 'gate.example';
    expect(await bench.passkeys.otherRelyingParty()).toBeUndefined();
    expect(await moved.passkeys.otherRelyingParty()).toBe('portillon.example');
    await database.transactions.run((tx) => bench.passkeys.endAll('claire', tx));
    expect(await moved.passkeys.otherRelyingParty()).toBeUndefined();
  });
});

describeOnEveryEngine('the tables of authenticators', [authenticatorPersistence], (database) => {
  it('match their entities, and can be reverted', async () => {
    expect(await database.migrator.drift()).toEqual([]);
    await database.migrator.undoLast();
    expect(await database.migrator.pending()).toBe(true);
  });
});
