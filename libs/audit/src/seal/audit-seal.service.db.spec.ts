import { DAY, lowestId, MetricsRegistry, MINUTE, SECOND, addMilliseconds } from '@portillon/kernel';
import { describeOnEveryEngine } from '@portillon/testing';
import { AuditEventEntity } from '../journal/audit-event.entity';
import { AuditSealEntity } from './audit-seal.repository';
import { auditPersistence } from '../audit.persistence';
import { AuditSealFindings } from '../audit.findings';
import type { JournalLine } from './audit-seal.service';
import { anyEvent, emptyJournal, Journal, journalOn } from '../testing/journal.fixture';

describeOnEveryEngine('the sealing', [auditPersistence], (bench, engine) => {
  let journal: Journal;

  beforeEach(async () => {
    await emptyJournal(bench.dataSource);
    journal = journalOn(bench.dataSource);
  });

  const sealsOf = () =>
    bench.dataSource.getRepository(AuditSealEntity).find({
      select: { sequence: true, lineCount: true, purgedThrough: true },
      order: { sequence: 'ASC' },
    });
  const sealOfLines = async () => {
    const lines = await bench.dataSource.getRepository(AuditEventEntity).find({ order: { id: 'ASC' } });
    return lines.map((line) => line.sealSequence);
  };
  const tamper = (sql: string, ...values: (string | Date)[]) => bench.dataSource.query(sql, values);

  async function recordSome(times: number): Promise<void> {
    for (let time = 0; time < times; time++) {
      await journal.record();
      journal.clock.advance(SECOND);
    }
  }

  it('covers every line with one seal, linked to the previous one', async () => {
    await recordSome(3);
    expect(await journal.seals.seal()).toBe(3);
    await recordSome(2);
    expect(await journal.seals.seal()).toBe(2);
    expect(await sealOfLines()).toEqual([1, 1, 1, 2, 2]);
    expect(await sealsOf()).toEqual([
      { sequence: 1, lineCount: 3, purgedThrough: 0 },
      { sequence: 2, lineCount: 2, purgedThrough: 0 },
    ]);
    expect(await journal.verifier.verify()).toMatchObject({
      verdict: 'PROVEN',
      seals: 2,
      lines: 5,
      waiting: 0,
    });
  });

  it('notifies its subscribers of each line once, whichever instance seals it', async () => {
    const told: JournalLine[] = [];
    const subscriber = { linesSealed: async (lines: readonly JournalLine[]) => told.push(...lines) };
    journal.seals.subscribe(subscriber);
    const other = journalOn(bench.dataSource);
    other.seals.subscribe(subscriber);
    await recordSome(3);
    await Promise.all([journal.seals.seal(), other.seals.seal()]);
    await recordSome(1);
    await Promise.all([journal.seals.seal(), other.seals.seal()]);
    await journal.seals.seal();
    expect(told).toHaveLength(4);
    const { items } = await journal.audit.search({}, { limit: 10 });
    expect(told.map(({ id }) => id)).toEqual(items.map(({ id }) => id).reverse());
  });

  it('continues past an altered line, and does not notify its subscribers of it', async () => {
    const told: (string | null)[] = [];
    journal.seals.subscribe({
      linesSealed: async (lines) => told.push(...lines.map(({ accountId }) => accountId)),
    });
    // The first seal covers lines as they were found.
    await recordSome(1);
    await journal.seals.seal();
    told.length = 0;
    await recordSome(2);
    await tamper(
      "UPDATE auditEvent SET data = '{' WHERE id = (SELECT id FROM (SELECT MAX(id) AS id FROM auditEvent) youngest)",
    );
    expect(await journal.seals.seal()).toBe(2);
    expect(told).toEqual(['claire']);
    expect((await journal.verifier.verify()).verdict).toBe('NOT PROVEN');
  });

  it('leaves lines without a seal when a subscriber fails, and notifies again', async () => {
    let failing = true;
    const linesSealed = async () => {
      if (failing) throw new Error('no room');
    };
    journal.seals.subscribe({ linesSealed });
    await recordSome(2);
    await expect(journal.seals.seal()).rejects.toThrow('no room');
    expect(await sealOfLines()).toEqual([null, null]);
    failing = false;
    expect(await journal.seals.seal()).toBe(2);
  });

  it('makes no seal without lines', async () => {
    expect(await journal.seals.seal()).toBe(0);
    expect(await sealsOf()).toEqual([]);
    expect(await journal.seals.state()).toEqual({ head: null, waitingMs: 0, missingKeys: [] });
  });

  it('waits for a minimum age, so that quiet hours have few seals', async () => {
    await journal.record();
    journal.clock.advance(29 * SECOND);
    expect(await journal.seals.seal(30 * SECOND)).toBe(0);
    expect(await journal.seals.state()).toMatchObject({ head: null, waitingMs: 29 * SECOND });
    journal.clock.advance(SECOND);
    expect(await journal.seals.seal(30 * SECOND)).toBe(1);
    expect(await journal.seals.state()).toMatchObject({ head: { sequence: 1 }, waitingMs: 0 });
    const registry = new MetricsRegistry();
    new AuditSealFindings(journal.seals, registry);
    const lines = (await registry.metrics()).split('\n');
    expect(lines).toEqual(
      expect.arrayContaining([
        `portillon_audit_sealed_timestamp_seconds ${journal.clock.now().getTime() / 1_000}`,
        'portillon_audit_waiting_seconds 0',
        'portillon_audit_head_sequence 1',
      ]),
    );
  });

  it('covers a line whose transaction was open while younger ones were sealed', async () => {
    // The embedded engine has one writer: there, nothing is written beside an open transaction.
    if (engine === 'embedded') return;
    let younger: Promise<number> | undefined;
    await bench.transactions.run(async (tx) => {
      await journal.audit.record(anyEvent({}), tx);
      journal.clock.advance(10 * MINUTE);
      await journal.record();
      younger = journal.seals.seal();
      expect(await younger).toBe(1);
    });
    expect(await sealOfLines()).toEqual([null, 1]);
    expect(await journal.seals.seal()).toBe(1);
    expect(await sealOfLines()).toEqual([2, 1]);
    expect(await journal.verifier.verify()).toMatchObject({ verdict: 'PROVEN', lines: 2 });
  });

  it('covers lines of a server whose clock is an hour behind, and of one a day ahead', async () => {
    await recordSome(2);
    await journal.seals.seal();
    journal.clock.set(addMilliseconds(journal.clock.now(), -60 * MINUTE));
    const behind = journalOn(bench.dataSource, { clock: journal.clock });
    await behind.record();
    journal.clock.set(addMilliseconds(journal.clock.now(), DAY));
    await journal.record();
    journal.clock.set(addMilliseconds(journal.clock.now(), -DAY + 60 * MINUTE));
    expect(await journal.seals.seal()).toBe(2);
    expect(await sealOfLines()).toEqual([2, 1, 1, 2]);
    expect(await journal.verifier.verify()).toMatchObject({ verdict: 'PROVEN' });
  });

  it('seals a backlog in batches of 500 lines', async () => {
    await journal.recordMany(1_201);
    expect(await journal.seals.seal()).toBe(1_201);
    expect((await sealsOf()).map((seal) => seal.lineCount)).toEqual([500, 500, 201]);
    expect(await journal.verifier.verify()).toMatchObject({ verdict: 'PROVEN', lines: 1_201 });
  });

  it('covers lines from before marks existed, unchanged', async () => {
    await recordSome(2);
    await tamper('UPDATE auditEvent SET mark = NULL');
    await journal.seals.seal();
    await recordSome(1);
    await journal.seals.seal();
    expect(await journal.verifier.verify()).toMatchObject({ verdict: 'PROVEN', foundationThrough: 1 });
  });

  describe('a purge', () => {
    const dayAgo = () => addMilliseconds(journal.clock.now(), -DAY);

    beforeEach(async () => {
      await recordSome(3);
      await journal.seals.seal();
      await recordSome(2);
      await journal.seals.seal();
      journal.clock.advance(2 * DAY);
      await recordSome(1);
      await journal.seals.seal();
    });

    it('deletes the oldest lines, seal by seal, and keeps the proof', async () => {
      expect(await journal.seals.purge(dayAgo(), 1)).toBe(3);
      expect(await journal.seals.purge(dayAgo(), 1)).toBe(2);
      expect(await journal.seals.purge(dayAgo(), 1)).toBe(0);
      expect(await sealOfLines()).toEqual([3]);
      expect((await sealsOf()).map((seal) => seal.purgedThrough)).toEqual([0, 0, 0, 1, 2]);
      expect(await journal.verifier.verify()).toMatchObject({
        verdict: 'PROVEN',
        purgedThrough: 2,
        lines: 1,
      });
    });

    it('deletes no line that is too recent, or not sealed yet', async () => {
      await tamper('UPDATE auditEvent SET happenedAt = ?', new Date(0));
      expect(await journal.seals.purge(addMilliseconds(journal.clock.now(), -10 * DAY), 100)).toBe(0);
      await journal.record();
      journal.clock.advance(10 * DAY);
      expect(await journal.seals.purge(journal.clock.now(), 100)).toBe(6);
      expect(await sealOfLines()).toEqual([null]);
    });

    it('records in the journal that lines were removed or inserted before it', async () => {
      const now = lowestId(journal.clock.now());
      await tamper('DELETE FROM auditEvent WHERE sealSequence = 1 AND id < ?', now);
      await journal.seals.purge(dayAgo(), 1);
      const { items } = await journal.audit.search({ names: ['audit_purge_mismatch'] }, { limit: 10 });
      expect(items[0]).toMatchObject({
        outcome: 'FAILURE',
        data: { fromSeal: 1, throughSeal: 1, expected: 3, deleted: 0 },
      });
    });

    it('works across many consecutive purges', async () => {
      await journal.seals.purge(dayAgo(), 1);
      await journal.seals.purge(dayAgo(), 1);
      journal.clock.advance(3 * DAY);
      await recordSome(1);
      await journal.seals.seal();
      expect(await journal.seals.purge(dayAgo(), 1)).toBe(1);
      expect(await journal.verifier.verify()).toMatchObject({
        verdict: 'PROVEN',
        purgedThrough: 3,
        lines: 1,
      });
    });
  });
});
