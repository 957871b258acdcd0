import { concurrently, describeOnEveryEngine } from '@portillon/testing';
import { authenticatorPersistence } from '../authenticator.persistence';
import { RecoveryCodeEntity } from './recovery-code.repository';
import { RecoveryCodeFixture } from '../testing/recovery-code.fixture';
import { NEW_KEY, OLD_KEY } from '../testing/totp.fixture';

const MANY = 16;
const GUESS = '0000-0000-0000-0000-0000-0000';

describeOnEveryEngine('recovery codes', [authenticatorPersistence], (database) => {
  let fixture: RecoveryCodeFixture;
  const remaining = async () => (await fixture.codes.stateOf('claire'))?.remaining;
  const table = () => database.dataSource.getRepository(RecoveryCodeEntity);

  beforeEach(async () => {
    await database.empty();
    fixture = new RecoveryCodeFixture(database);
  });

  it('are ten of 120 bits, all different, not stored in clear', async () => {
    expect(await fixture.codes.stateOf('claire')).toBeUndefined();
    const codes = await fixture.replace();
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) expect(code).toMatch(/^(?:[0-9A-HJKMNP-TV-Z]{4}-){5}[0-9A-HJKMNP-TV-Z]{4}$/);
    const kept = JSON.stringify(await fixture.rows());
    for (const code of codes) expect(kept).not.toMatch(new RegExp(code.replaceAll('-', '-?'), 'i'));
    expect(await fixture.codes.stateOf('claire')).toEqual({ createdAt: fixture.clock.now(), remaining: 10 });
  });

  it('are accepted once each, in any order and spelling', async () => {
    const [first, , third] = await fixture.replace();
    expect(await fixture.sign(third!.toLowerCase().replaceAll('-', ' '))).toBe(true);
    expect(await fixture.sign(third!)).toBe(false);
    expect(await fixture.sign(first!.replaceAll('0', 'o').replaceAll('1', 'l'))).toBe(true);
    expect(await remaining()).toBe(8);
  });

  it('of earlier sets with 80 bits are accepted too', async () => {
    const code = '7ZQK-0M4T-9RXB-2HWE';
    const digest = fixture.digest('claire', 0, '7ZQK0M4T9RXB2HWE');
    const row = { accountId: 'claire', position: 0, digest, createdAt: fixture.clock.now(), usedAt: null };
    await table().insert(row);
    expect([await fixture.sign(code), await fixture.sign(code)]).toEqual([true, false]);
  });

  it('are accepted for their holder only, and guesses are refused', async () => {
    const [code] = await fixture.replace();
    await fixture.replace('paul');
    expect(await fixture.sign(code!, 'paul')).toBe(false);
    expect(await fixture.sign(GUESS)).toBe(false);
    expect(await fixture.sign(code!)).toBe(true);
  });

  it('are accepted once when one is sent 16 times concurrently', async () => {
    const [code] = await fixture.replace();
    const { results, errors } = await concurrently(MANY, () => fixture.sign(code!));
    expect(errors).toEqual([]);
    expect(results.filter(Boolean)).toHaveLength(1);
    expect(await remaining()).toBe(9);
  });

  it('are replaced as a whole: no code of the previous set is accepted', async () => {
    const [first, second] = await fixture.replace();
    await fixture.sign(first!);
    const [fresh] = await fixture.replace();
    for (const old of [first!, second!]) expect(await fixture.sign(old)).toBe(false);
    expect(await remaining()).toBe(10);
    expect(await fixture.sign(fresh!)).toBe(true);
  });

  it('are one complete set when 16 are made concurrently', async () => {
    const { results, errors } = await concurrently(MANY, () => fixture.replace());
    expect(errors).toEqual([]);
    const opening: number[] = [];
    for (const set of results) {
      const unused = await fixture.codes.unused('claire');
      opening.push(set.filter((code) => fixture.codes.compare(unused, code)).length);
    }
    expect(opening.filter((count) => count > 0)).toEqual([10]);
  });

  it('are not used up by a caller that compared with the set before', async () => {
    const [code] = await fixture.replace();
    const compared = fixture.codes.compare(await fixture.codes.unused('claire'), code!)!;
    await fixture.replace();
    expect(await database.transactions.run((tx) => fixture.codes.use(compared, tx))).toBe(false);
    expect(await remaining()).toBe(10);
  });

  it('are refused for another person, and a second time, when a database row is moved or copied', async () => {
    const [first] = await fixture.replace();
    await fixture.replace('paul');
    const { digest } = (await table().findOneBy({ accountId: 'claire', position: 0 }))!;
    await table().update({ accountId: 'paul', position: 0 }, { digest });
    await table().update({ accountId: 'claire', position: 1 }, { digest });
    expect(await fixture.sign(first!, 'paul')).toBe(false);
    expect(await fixture.sign(first!)).toBe(true);
    expect(await fixture.sign(first!)).toBe(false);
  });

  it('are accepted and counted as long as their key is in the ring', async () => {
    const [first] = await fixture.replace();
    const both = new RecoveryCodeFixture(database, [NEW_KEY, OLD_KEY]);
    expect(await both.sign(first!)).toBe(true);
    const young = new RecoveryCodeFixture(database, [NEW_KEY]);
    expect((await young.codes.stateOf('claire'))?.remaining).toBe(0);
    const [fresh] = await young.replace();
    expect(await young.sign(fresh!)).toBe(true);
  });

  it('are refused after their end', async () => {
    const [code] = await fixture.replace();
    expect([await fixture.end(), await fixture.end()]).toEqual([true, false]);
    expect(await fixture.sign(code!)).toBe(false);
    expect(await fixture.rows()).toEqual([]);
  });
});
