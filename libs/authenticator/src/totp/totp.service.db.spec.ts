import { HOUR, MINUTE, SECOND } from '@portillon/kernel';
import { concurrently, describeOnEveryEngine } from '@portillon/testing';
import { authenticatorPersistence } from '../authenticator.persistence';
import { NEW_KEY, OLD_KEY, TotpFixture } from '../testing/totp.fixture';
import { TotpEntity } from './totp.repository';

const MANY = 16;
const STEP = 30 * SECOND;

describeOnEveryEngine('an authenticator app', [authenticatorPersistence], (database) => {
  let fixture: TotpFixture;

  beforeEach(async () => {
    await database.empty();
    fixture = new TotpFixture(database);
  });

  const rows = () => database.dataSource.getRepository(TotpEntity).find();

  it('has a secret of 160 bits and a QR code, and is not usable before its first code', async () => {
    const begun = await fixture.begin();
    expect(begun?.secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(begun?.uri).toBe(
      `otpauth://totp/Portillon:claire.martin?secret=${begun!.secret}&issuer=Portillon`,
    );
    expect(await fixture.totp.confirmedAt('claire')).toBeUndefined();
    expect(await fixture.sign(fixture.code(begun!.secret))).toBe(false);
  });

  it('is confirmed by a code of its secret only', async () => {
    const { secret } = (await fixture.begin())!;
    const right = fixture.code(secret);
    expect(await fixture.confirm(right.replace(/^./, (digit) => String((Number(digit) + 1) % 10)))).toBe(
      false,
    );
    expect(await fixture.confirm(right, 'paul')).toBe(false);
    expect(await fixture.confirm(right)).toBe(true);
    expect(await fixture.totp.confirmedAt('claire')).toEqual(fixture.clock.now());
  });

  it('counts for its holder once it is confirmed', async () => {
    const { secret } = (await fixture.begin())!;
    const [everybody] = fixture.totp.holdersQueries();
    expect(await fixture.totp.holders(['claire', 'paul'])).toEqual([]);
    expect(await everybody!.getRawMany()).toEqual([]);
    await fixture.confirm(fixture.code(secret));
    expect(await fixture.totp.holders(['claire', 'paul'])).toEqual(['claire']);
    expect(await fixture.totp.holders(['paul'])).toEqual([]);
    expect(await everybody!.getRawMany()).toEqual([{ accountId: 'claire' }]);
    const without = new TotpFixture(database, { offered: false });
    expect([await without.totp.holders(['claire']), without.totp.holdersQueries()]).toEqual([[], []]);
  });

  it('does not store its secret in clear', async () => {
    const secret = await fixture.enrolled();
    expect(JSON.stringify(await rows())).not.toContain(secret);
  });

  it('must be confirmed within ten minutes, and is deleted otherwise', async () => {
    const { secret } = (await fixture.begin())!;
    fixture.clock.advance(10 * MINUTE);
    expect(await fixture.confirm(fixture.code(secret))).toBe(false);
    await fixture.begin('paul');
    await fixture.enrolled('nadia');
    expect(await fixture.totp.purge(10)).toBe(1);
    expect((await rows()).map(({ accountId }) => accountId).sort()).toEqual(['nadia', 'paul']);
    fixture.clock.advance(10 * MINUTE);
    expect(await fixture.totp.purge(10)).toBe(1);
    expect(await fixture.totp.confirmedAt('nadia')).toBeDefined();
  });

  it('that was begun again is confirmed by the later secret only', async () => {
    const first = (await fixture.begin())!;
    const second = (await fixture.begin())!;
    expect(await fixture.confirm(fixture.code(first.secret))).toBe(false);
    expect(await fixture.confirm(fixture.code(second.secret))).toBe(true);
  });

  it('is not replaceable while it exists: an attacker could add their own secret', async () => {
    const secret = await fixture.enrolled();
    expect(await fixture.begin()).toBeUndefined();
    fixture.clock.advance(STEP);
    expect(await fixture.sign(fixture.code(secret))).toBe(true);
  });

  it('accepts the code of its step, and of the adjacent ones for a phone with a wrong clock', async () => {
    const secret = await fixture.enrolled();
    fixture.clock.advance(10 * STEP);
    for (const ahead of [-1, 0, 1]) expect(await fixture.sign(fixture.code(secret, ahead))).toBe(true);
    fixture.clock.advance(10 * STEP);
    for (const ahead of [-2, 2]) expect(await fixture.sign(fixture.code(secret, ahead))).toBe(false);
  });

  it('accepts codes for its holder only', async () => {
    const secret = await fixture.enrolled();
    await fixture.enrolled('paul');
    fixture.clock.advance(STEP);
    expect(await fixture.sign(fixture.code(secret), 'paul')).toBe(false);
    expect(fixture.totp.compare((await fixture.totp.open('paul'))!, fixture.code(secret))).toBeUndefined();
  });

  it('accepts no code twice: neither the confirming one, nor one of its step, nor an earlier one', async () => {
    const secret = await fixture.enrolled();
    expect(await fixture.sign(fixture.code(secret))).toBe(false);
    fixture.clock.advance(STEP);
    const code = fixture.code(secret);
    expect(await fixture.sign(code)).toBe(true);
    expect(await fixture.sign(code)).toBe(false);
    expect(await fixture.sign(fixture.code(secret, -1))).toBe(false);
  });

  it('accepts a code once when it is sent 16 times concurrently', async () => {
    const secret = await fixture.enrolled();
    fixture.clock.advance(STEP);
    const code = fixture.code(secret);
    const { results, errors } = await concurrently(MANY, () => fixture.sign(code));
    expect(errors).toEqual([]);
    expect(results.filter(Boolean)).toHaveLength(1);
  });

  it('is confirmed once when its first code is sent 16 times concurrently', async () => {
    const { secret } = (await fixture.begin())!;
    const { results } = await concurrently(MANY, () => fixture.confirm(fixture.code(secret)));
    expect(results.filter(Boolean)).toHaveLength(1);
  });

  it("accepts no used code when the server's clock steps back", async () => {
    const secret = await fixture.enrolled();
    fixture.clock.advance(HOUR);
    const code = fixture.code(secret);
    expect(await fixture.sign(code)).toBe(true);
    fixture.clock.advance(-HOUR);
    expect(await fixture.sign(fixture.code(secret))).toBe(false);
    expect(await fixture.sign(code)).toBe(false);
  });

  it('is encrypted again at each use, so that an older key can leave the ring', async () => {
    const secret = await fixture.enrolled();
    const both = new TotpFixture(database, { keys: [NEW_KEY, OLD_KEY] });
    both.clock.advance(STEP);
    expect(await both.sign(both.code(secret))).toBe(true);
    const young = new TotpFixture(database, { keys: [NEW_KEY] });
    young.clock.advance(2 * STEP);
    expect(await young.sign(young.code(secret))).toBe(true);
  });

  it('counts no attempt if the key of its secret is missing', async () => {
    await fixture.enrolled();
    const elsewhere = new TotpFixture(database, { keys: [NEW_KEY] });
    await expect(elsewhere.totp.open('claire')).rejects.toMatchObject({ code: 'service.busy' });
  });

  it('is useless to another person when its row is moved to them', async () => {
    const secret = await fixture.enrolled();
    await fixture.enrolled('paul');
    const [claire] = await database.dataSource.getRepository(TotpEntity).findBy({ accountId: 'claire' });
    const { secretSealed } = claire!;
    await database.dataSource.getRepository(TotpEntity).update({ accountId: 'paul' }, { secretSealed });
    fixture.clock.advance(STEP);
    await expect(fixture.sign(fixture.code(secret), 'paul')).rejects.toMatchObject({ code: 'service.busy' });
  });

  it('accepts no code after its end', async () => {
    const secret = await fixture.enrolled();
    fixture.clock.advance(STEP);
    const end = () => database.transactions.run((tx) => fixture.totp.end('claire', tx));
    expect(await end()).toBe(true);
    expect(await end()).toBe(false);
    expect(await fixture.sign(fixture.code(secret))).toBe(false);
    await fixture.begin();
    expect(await end()).toBe(false);
    expect(await rows()).toEqual([]);
  });
});
