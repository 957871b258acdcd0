import { Keyring, SECOND } from '@portillon/kernel';
import { describeOnEveryEngine, SettableClock } from '@portillon/testing';
import { IsNull } from 'typeorm';
import { AuditEventEntity } from '../journal/audit-event.entity';
import { AuditSealEntity } from './audit-seal.repository';
import { auditPersistence } from '../audit.persistence';
import { sealOf } from './seal';
import { emptyJournal, Journal, journalOn, KEY, YOUNGER_KEY } from '../testing/journal.fixture';

/** A rotation that was begun wrongly: one instance makes with a key that the other has not got. */
describeOnEveryEngine('two instances with different keys', [auditPersistence], (bench) => {
  let clock: SettableClock;
  let ahead: Journal;
  let behind: Journal;

  beforeEach(async () => {
    await emptyJournal(bench.dataSource);
    clock = new SettableClock();
    ahead = journalOn(bench.dataSource, { clock, keys: [YOUNGER_KEY, KEY] });
    behind = journalOn(bench.dataSource, { clock, keys: [KEY] });
    for (const accountId of ['claire', 'paul']) {
      await ahead.record({ accountId, name: 'authn_logout' });
      await behind.record({ accountId, name: 'authn_code_sent' });
      clock.advance(SECOND);
    }
  });

  it('leave a line to the instance with its key', async () => {
    expect(await behind.seals.seal()).toBe(2);
    expect(await behind.seals.seal()).toBe(0);
    expect(await ahead.seals.seal()).toBe(2);
    expect(await ahead.verifier.verify()).toMatchObject({
      verdict: 'PROVEN',
      seals: 2,
      lines: 4,
      waiting: 0,
    });
  });

  it('seal the lines of both keys where both are present', async () => {
    expect(await ahead.seals.seal()).toBe(4);
    expect(await ahead.verifier.verify()).toMatchObject({ verdict: 'PROVEN', seals: 1, lines: 4 });
  });

  it('name the missing key until it is present', async () => {
    await behind.seals.seal();
    const { verdict, findings, doubts } = await behind.verifier.verify();
    expect([verdict, findings]).toEqual(['INCONCLUSIVE', []]);
    expect(doubts.map(({ text }) => text)).toEqual([
      'Lines that wait for their seal are marked with key "younger", which is not in SECRET_KEYS: add it to check them.',
    ]);
    expect([(await behind.seals.state()).missingKeys, (await ahead.seals.state()).missingKeys]).toEqual([
      ['younger'],
      [],
    ]);
    const rotated = journalOn(bench.dataSource, { clock, keys: [KEY, YOUNGER_KEY] });
    expect(await rotated.seals.seal()).toBe(2);
    expect(await rotated.verifier.verify()).toMatchObject({ verdict: 'PROVEN', waiting: 0 });
    expect((await rotated.seals.state()).missingKeys).toEqual([]);
  });

  it('report it when their own backlog is sealed: they check the oldest lines only', async () => {
    await emptyJournal(bench.dataSource);
    await behind.recordMany(1_000);
    clock.advance(SECOND);
    await ahead.record();
    expect((await behind.seals.state()).missingKeys).toEqual([]);
    expect(await behind.seals.seal()).toBe(1_000);
    expect((await behind.seals.state()).missingKeys).toEqual(['younger']);
  });

  it('do not trust a line that only claims another key', async () => {
    await behind.seals.seal();
    const waiting = bench.dataSource.getRepository(AuditEventEntity);
    await waiting.update(
      { name: 'authn_logout', accountId: 'paul' },
      { mark: 'younger.0', accountId: 'nadia' },
    );
    const { verdict, findings } = await behind.verifier.verify();
    expect(verdict).toBe('NOT PROVEN');
    expect(findings.map(({ text }) => text)).toEqual([
      expect.stringMatching(/waits for its seal and bears no mark/),
    ]);
    await waiting.update({ accountId: 'nadia' }, { mark: `younger.${'0'.repeat(64)}` });
    expect((await behind.verifier.verify()).verdict).toBe('INCONCLUSIVE');
    expect((await ahead.verifier.verify()).verdict).toBe('NOT PROVEN');
  });

  it("accept a valid seal made earlier by an instance without the lines' key", async () => {
    await ahead.seals.seal();
    await ahead.record();
    const events = bench.dataSource.getRepository(AuditEventEntity);
    const seals = bench.dataSource.getRepository(AuditSealEntity);
    const lines = await events.findBy({ sealSequence: IsNull() });
    const seal = sealOf(lines, (await seals.findOneBy({}))!, clock.now(), new Keyring([KEY]));
    await seals.insert(seal);
    await events.update({ sealSequence: IsNull() }, { sealSequence: seal.sequence });
    expect(seal.unmarkedCount).toBe(1);
    expect((await ahead.verifier.verify()).verdict).toBe('PROVEN');
    expect((await behind.verifier.verify()).verdict).toBe('INCONCLUSIVE');
  });
});
