import { concurrently, describeOnEveryEngine } from '@portillon/testing';
import { authenticatorPersistence } from '../authenticator.persistence';
import { RecoveryCodeEntity } from './recovery-code.repository';
import { RecoveryCodeFixture } from '../testing/recovery-code.fixture';
import { NEW_KEY, OLD_KEY } from '../testing/totp.fixture';

const MANY = 16;
const GUESS = '0000-0000-0000-0000-0000-0000';

describeOnEveryEngine('recovery codes', [authenticatorPersistence], (database) => {
  let bench: RecoveryCodeFixture;
  const remaining = async () => (await bench.codes.stateOf('claire'))?.remaining;
  const table = () => database.dataSource.getRepository(RecoveryCodeEntity);

  beforeEach(async () => {
    await database.empty();
    bench = new RecoveryCodeFixture(database);
  });

  it('are ten of 120 bits, all different, not stored in clear', async () => {
    expect(await bench.codes.stateOf('claire')).toBeUndefined();
    const codes = await bench.replace();
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) expect(code).toMatch(/^(?:[0-9A-HJKMNP-TV-Z]{4}-){5}[0-9A-HJKMNP-TV-Z]{4}$/);
    const kept = JSON.stringify(await bench.rows());
    for (const code of codes) expect(kept).not.toMatch(new RegExp(code.replaceAll('-', '-?'), 'i'));
    expect(await bench.codes.stateOf('claire')).toEqual({ createdAt: bench.clock.now(), remaining: 10 });
  });

  it('are accepted once each, in any order and spelling', async () => {
    const [first, , third] = await bench.replace();
    expect(await bench.sign(third!.toLowerCase().replaceAll('-', ' '))).toBe(true);
    expect(await bench.sign(third!)).toBe(false);
    expect(await bench.sign(first!.replaceAll('0', 'o').replaceAll('1', 'l'))).toBe(true);
    expect(await remaining()).toBe(8);
  });

  it('of earlier sets with 80 bits are accepted too', async () => {
    const code = '7ZQK-0M4T-9RXB-2HWE';
    const digest = bench.digest('claire', 0, '7ZQK0M4T9RXB2HWE');
    const row = { accountId: 'claire', position: 0, digest, createdAt: bench.clock.now(), usedAt: null };
    await table().insert(row);
    expect([await bench.sign(code), await bench.sign(code)]).toEqual([true, false]);
  });

  it('are accepted for their holder only, and guesses are refused', async () => {
    const [code] = await bench.replace();
    await bench.replace('paul');
    expect(await bench.sign(code!, 'paul')).toBe(false);
    expect(await bench.sign(GUESS)).toBe(false);
    expect(await bench.sign(code!)).toBe(true);
  });

  it('are accepted once when one is sent 16 times concurrently', async () => {
    const [code] = await bench.replace();
    const { results, errors } = await concurrently(MANY, () => bench.sign(code!));
    expect(errors).toEqual([]);
    expect(results.filter(Boolean)).toHaveLength(1);
    expect(await remaining()).toBe(9);
  });

  it('are replaced as a whole: no code of the previous set is accepted', async () => {
    const [first, second] = await bench.replace();
    await bench.sign(first!);
    const [fresh] = await bench.replace();
    for (const old of [first!, second!]) expect(await bench.sign(old)).toBe(false);
    expect(await remaining()).toBe(10);
    expect(await bench.sign(fresh!)).toBe(true);
  });

  it('are one complete set when 16 are made concurrently', async () => {
    const { results, errors } = await concurrently(MANY, () => bench.replace());
    expect(errors).toEqual([]);
    const opening: number[] = [];
    for (const set of results) {
      const unused = await bench.codes.unused('claire');
      opening.push(set.filter((code) => bench.codes.compare(unused, code)).length);
    }
    expect(opening.filter((count) => count > 0)).toEqual([10]);
  });

  it('are not used up by a caller that compared with the set before', async () => {
    const [code] = await bench.replace();
    const compared = bench.codes.compare(await bench.codes.unused('claire'), code!)!;
    await bench.replace();
    expect(await database.transactions.run((tx) => bench.codes.use(compared, tx))).toBe(false);
    expect(await remaining()).toBe(10);
  });

  it('are refused for another person, and a second time, when a database row is moved or copied', async () => {
    const [first] = await bench.replace();
    await bench.replace('paul');
    const { digest } = (await table().findOneBy({ accountId: 'claire', position: 0 }))!;
    await table().update({ accountId: 'paul', position: 0 }, { digest });
    await table().update({ accountId: 'claire', position: 1 }, { digest });
    expect(await bench.sign(first!, 'paul')).toBe(false);
    expect(await bench.sign(first!)).toBe(true);
    expect(await bench.sign(first!)).toBe(false);
  });

  it('are accepted and counted as long as their key is in the ring', async () => {
    const [first] = await bench.replace();
    const both = new RecoveryCodeFixture(database, [NEW_KEY, OLD_KEY]);
    expect(await both.sign(first!)).toBe(true);
    const young = new RecoveryCodeFixture(database, [NEW_KEY]);
    expect((await young.codes.stateOf('claire'))?.remaining).toBe(0);
    const [fresh] = await young.replace();
    expect(await young.sign(fresh!)).toBe(true);
  });

  it('are refused after their end', async () => {
    const [code] = await bench.replace();
    expect([await bench.end(), await bench.end()]).toEqual([true, false]);
    expect(await bench.sign(code!)).toBe(false);
    expect(await bench.rows()).toEqual([]);
  });
});
