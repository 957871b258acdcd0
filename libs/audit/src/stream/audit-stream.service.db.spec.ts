import { Logger } from '@nestjs/common';
import { HOUR, MetricsRegistry, MINUTE, SECOND } from '@portillon/kernel';
import { describeOnEveryEngine } from '@portillon/testing';
import { AuditEventEntity } from '../journal/audit-event.entity';
import { auditPersistence } from '../audit.persistence';
import { emptyJournal, Journal, journalOn } from '../testing/journal.fixture';
import type { AuditStreamService } from './audit-stream.service';
import type { Collector } from '../audit.options';
import type { StreamEvent } from './ocsf';

/** A collector of the test's: what it was given, and what it does with it. */
class TestCollector implements Collector {
  readonly given: StreamEvent[] = [];
  takes = true;
  confirms = true;

  async send(events: readonly StreamEvent[]): Promise<void> {
    if (!this.takes) throw new Error('connection refused');
    this.given.push(...events);
  }

  async confirm(): Promise<void> {
    if (!this.confirms) throw new Error('the connection broke');
  }

  close(): void {}

  get lines(): string[] {
    return this.given.filter(({ name }) => name !== 'audit_head').map(({ uid }) => uid);
  }

  get heads(): string[] {
    const heads = this.given.filter(({ name }) => name === 'audit_head');
    return heads.map(({ json }) => (JSON.parse(json) as { unmapped: { head: string } }).unmapped.head);
  }
}

describeOnEveryEngine('the stream of the journal', [auditPersistence], (bench) => {
  let journal: Journal;
  let collector: TestCollector;
  let stream: AuditStreamService;
  let warned: jest.SpyInstance;

  beforeEach(async () => {
    warned = jest.spyOn(Logger.prototype, 'warn').mockImplementation();
    await emptyJournal(bench.dataSource);
    journal = journalOn(bench.dataSource);
    collector = new TestCollector();
    stream = journal.streamTo(collector);
  });
  afterEach(() => warned.mockRestore());

  async function recordAndSeal(count: number): Promise<void> {
    await journal.recordMany(count);
    journal.clock.advance(SECOND);
    await journal.seals.seal();
  }
  async function turns(one: AuditStreamService, count = 2): Promise<void> {
    for (let turn = 0; turn < count; turn++) {
      journal.clock.advance(5 * SECOND);
      await one.run();
    }
  }
  /** The lines of the journal, in the order of their seals. */
  async function inOrder(): Promise<string[]> {
    const order = { sealSequence: 'ASC', id: 'ASC' } as const;
    const lines = await bench.dataSource.getRepository(AuditEventEntity).find({ order });
    return lines.map(({ id }) => id);
  }

  it('sends every sealed line once, in the order of the seals, and no unsealed line', async () => {
    await recordAndSeal(3);
    await recordAndSeal(600);
    const sealed = await inOrder();
    await journal.record();
    await turns(stream, 4);
    expect(collector.lines).toEqual(sealed);
  });

  it('repeats lines without a confirmed read, and loses none', async () => {
    await recordAndSeal(2);
    await turns(stream, 1);
    collector.confirms = false;
    await turns(stream, 1);
    collector.confirms = true;
    await recordAndSeal(1);
    await turns(stream);
    const [first, second, third] = await inOrder();
    expect(collector.lines).toEqual([first, second, first, second, third]);
  });

  it('continues after a killed process from the last confirmed line', async () => {
    await recordAndSeal(2);
    await turns(stream);
    await recordAndSeal(2);
    await turns(stream, 1);
    const another = journal.streamTo(collector);
    await turns(another);
    const lines = await inOrder();
    expect(collector.lines).toEqual(lines);
    journal.clock.advance(MINUTE);
    await turns(another);
    expect(collector.lines).toEqual([...lines, ...lines.slice(2)]);
  });

  it('is sent by one process at a time, and by another as soon as that one ends', async () => {
    await turns(stream, 1);
    const other = new TestCollector();
    const another = journal.streamTo(other);
    await recordAndSeal(2);
    await turns(another);
    expect(other.given).toEqual([]);
    await stream.end();
    expect(collector.lines).toEqual(await inOrder());
    await recordAndSeal(1);
    await turns(another);
    expect(other.lines).toEqual((await inOrder()).slice(2));
  });

  it('waits for an absent collector, and reports it once and in the metrics', async () => {
    const registry = new MetricsRegistry();
    stream = journal.streamTo(collector, registry);
    collector.takes = false;
    await recordAndSeal(2);
    await turns(stream, 3);
    expect(warned.mock.calls).toEqual([['the journal waits for its collector: Error: connection refused']]);
    const text = await registry.metrics();
    expect(text).toContain('portillon_audit_stream_lines_total{outcome="failed"} 6');
    expect(text).toContain('portillon_audit_stream_waiting_seconds 16');
    collector.takes = true;
    await turns(stream);
    expect(collector.lines).toEqual(await inOrder());
    const after = await registry.metrics();
    expect(after).toContain('portillon_audit_stream_lines_total{outcome="taken"} 2');
    expect(after).toContain('portillon_audit_stream_waiting_seconds 0');
  });

  it('sends the head at its start, every hour and at its end, after the lines that it covers', async () => {
    await recordAndSeal(1);
    const { head } = await journal.seals.state();
    const told = `${head!.sequence}:${head!.digest}`;
    await turns(stream);
    expect(collector.given.map(({ name }) => name)).toEqual(['authn_login_success', 'audit_head']);
    expect(collector.heads).toEqual([told]);
    await turns(stream);
    expect(collector.heads).toEqual([told]);
    journal.clock.advance(HOUR);
    await turns(stream);
    expect(collector.heads).toEqual([told, told]);
    await stream.end();
    expect(collector.heads).toEqual([told, told, told]);
  });

  it('marks a line altered by a database writer', async () => {
    await recordAndSeal(1);
    const lines = bench.dataSource.getRepository(AuditEventEntity);
    await lines.update({ sealSequence: 1 }, { accountId: 'paul' });
    await turns(stream);
    expect(JSON.parse(collector.given[0]!.json)).toMatchObject({
      severity: 'High',
      unmapped: { marked: false, seal: 1 },
    });
  });
});
