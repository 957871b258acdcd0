import { HOUR, MINUTE, SECOND } from '@portillon/kernel';
import { concurrently, describeOnEveryEngine } from '@portillon/testing';
import { authenticatorPersistence } from '../authenticator.persistence';
import { NEW_KEY, OLD_KEY, TotpFixture } from '../testing/totp.fixture';
import { TotpEntity } from './totp.repository';

const MANY = 16;
const STEP = 30 * SECOND;

describeOnEveryEngine('an authenticator app', [authenticatorPersistence], (database) => {
  let bench: TotpFixture;

  beforeEach(async () => {
    await database.empty();
    bench = new TotpFixture(database);
  });

  const rows = () => database.dataSource.getRepository(TotpEntity).find();

  it('has a secret of 160 bits and a QR code, and is not usable before its first code', async () => {
    const begun = await bench.begin();
    expect(begun?.secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(begun?.uri).toBe(
      `otpauth://totp/Portillon:claire.martin?secret=${begun!.secret}&issuer=Portillon`,
    );
    expect(await bench.totp.confirmedAt('claire')).toBeUndefined();
    expect(await bench.sign(bench.code(begun!.secret))).toBe(false);
  });

  it('is confirmed by a code of its secret only', async () => {
    const { secret } = (await bench.begin())!;
    const right = bench.code(secret);
    expect(await bench.confirm(right.replace(/^./, (digit) => String((Number(digit) + 1) % 10)))).toBe(false);
    expect(await bench.confirm(right, 'paul')).toBe(false);
    expect(await bench.confirm(right)).toBe(true);
    expect(await bench.totp.confirmedAt('claire')).toEqual(bench.clock.now());
  });

  it('counts for its holder once it is confirmed', async () => {
    const { secret } = (await bench.begin())!;
    const [everybody] = bench.totp.holdersQueries();
    expect(await bench.totp.holders(['claire', 'paul'])).toEqual([]);
    expect(await everybody!.getRawMany()).toEqual([]);
    await bench.confirm(bench.code(secret));
    expect(await bench.totp.holders(['claire', 'paul'])).toEqual(['claire']);
    expect(await bench.totp.holders(['paul'])).toEqual([]);
    expect(await everybody!.getRawMany()).toEqual([{ accountId: 'claire' }]);
    const without = new TotpFixture(database, { offered: false });
    expect([await without.totp.holders(['claire']), without.totp.holdersQueries()]).toEqual([[], []]);
  });

  it('does not store its secret in clear', async () => {
    const secret = await bench.enrolled();
    expect(JSON.stringify(await rows())).not.toContain(secret);
  });

  it('must be confirmed within ten minutes, and is deleted otherwise', async () => {
    const { secret } = (await bench.begin())!;
    bench.clock.advance(10 * MINUTE);
    expect(await bench.confirm(bench.code(secret))).toBe(false);
    await bench.begin('paul');
    await bench.enrolled('nadia');
    expect(await bench.totp.purge(10)).toBe(1);
    expect((await rows()).map(({ accountId }) => accountId).sort()).toEqual(['nadia', 'paul']);
    bench.clock.advance(10 * MINUTE);
    expect(await bench.totp.purge(10)).toBe(1);
    expect(await bench.totp.confirmedAt('nadia')).toBeDefined();
  });

  it('that was begun again is confirmed by the later secret only', async () => {
    const first = (await bench.begin())!;
    const second = (await bench.begin())!;
    expect(await bench.confirm(bench.code(first.secret))).toBe(false);
    expect(await bench.confirm(bench.code(second.secret))).toBe(true);
  });

  it('is not replaceable while it exists: an attacker could add their own secret', async () => {
    const secret = await bench.enrolled();
    expect(await bench.begin()).toBeUndefined();
    bench.clock.advance(STEP);
    expect(await bench.sign(bench.code(secret))).toBe(true);
  });

  it('accepts the code of its step, and of the adjacent ones for a phone with a wrong clock', async () => {
    const secret = await bench.enrolled();
    bench.clock.advance(10 * STEP);
    for (const ahead of [-1, 0, 1]) expect(await bench.sign(bench.code(secret, ahead))).toBe(true);
    bench.clock.advance(10 * STEP);
    for (const ahead of [-2, 2]) expect(await bench.sign(bench.code(secret, ahead))).toBe(false);
  });

  it('accepts codes for its holder only', async () => {
    const secret = await bench.enrolled();
    await bench.enrolled('paul');
    bench.clock.advance(STEP);
    expect(await bench.sign(bench.code(secret), 'paul')).toBe(false);
    expect(bench.totp.compare((await bench.totp.open('paul'))!, bench.code(secret))).toBeUndefined();
  });

  it('accepts no code twice: neither the confirming one, nor one of its step, nor an earlier one', async () => {
    const secret = await bench.enrolled();
    expect(await bench.sign(bench.code(secret))).toBe(false);
    bench.clock.advance(STEP);
    const code = bench.code(secret);
    expect(await bench.sign(code)).toBe(true);
    expect(await bench.sign(code)).toBe(false);
    expect(await bench.sign(bench.code(secret, -1))).toBe(false);
  });

  it('accepts a code once when it is sent 16 times concurrently', async () => {
    const secret = await bench.enrolled();
    bench.clock.advance(STEP);
    const code = bench.code(secret);
    const { results, errors } = await concurrently(MANY, () => bench.sign(code));
    expect(errors).toEqual([]);
    expect(results.filter(Boolean)).toHaveLength(1);
  });

  it('is confirmed once when its first code is sent 16 times concurrently', async () => {
    const { secret } = (await bench.begin())!;
    const { results } = await concurrently(MANY, () => bench.confirm(bench.code(secret)));
    expect(results.filter(Boolean)).toHaveLength(1);
  });

  it("accepts no used code when the server's clock steps back", async () => {
    const secret = await bench.enrolled();
    bench.clock.advance(HOUR);
    const code = bench.code(secret);
    expect(await bench.sign(code)).toBe(true);
    bench.clock.advance(-HOUR);
    expect(await bench.sign(bench.code(secret))).toBe(false);
    expect(await bench.sign(code)).toBe(false);
  });

  it('is encrypted again at each use, so that an older key can leave the ring', async () => {
    const secret = await bench.enrolled();
    const both = new TotpFixture(database, { keys: [NEW_KEY, OLD_KEY] });
    both.clock.advance(STEP);
    expect(await both.sign(both.code(secret))).toBe(true);
    const young = new TotpFixture(database, { keys: [NEW_KEY] });
    young.clock.advance(2 * STEP);
    expect(await young.sign(young.code(secret))).toBe(true);
  });

  it('counts no attempt if the key of its secret is missing', async () => {
    await bench.enrolled();
    const elsewhere = new TotpFixture(database, { keys: [NEW_KEY] });
    await expect(elsewhere.totp.open('claire')).rejects.toMatchObject({ code: 'service.busy' });
  });

  it('is useless to another person when its row is moved to them', async () => {
    const secret = await bench.enrolled();
    await bench.enrolled('paul');
    const [claire] = await database.dataSource.getRepository(TotpEntity).findBy({ accountId: 'claire' });
    const { secretSealed } = claire!;
    await database.dataSource.getRepository(TotpEntity).update({ accountId: 'paul' }, { secretSealed });
    bench.clock.advance(STEP);
    await expect(bench.sign(bench.code(secret), 'paul')).rejects.toMatchObject({ code: 'service.busy' });
  });

  it('accepts no code after its end', async () => {
    const secret = await bench.enrolled();
    bench.clock.advance(STEP);
    const end = () => database.transactions.run((tx) => bench.totp.end('claire', tx));
    expect(await end()).toBe(true);
    expect(await end()).toBe(false);
    expect(await bench.sign(bench.code(secret))).toBe(false);
    await bench.begin();
    expect(await end()).toBe(false);
    expect(await rows()).toEqual([]);
  });
});
