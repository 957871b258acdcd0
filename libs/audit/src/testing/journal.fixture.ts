import { Keyring, MetricsRegistry, SystemRandom } from '@portillon/kernel';
import { ReportsDatabase, Transactions } from '@portillon/persistence';
import { SettableClock } from '@portillon/testing';
import type { DataSource } from 'typeorm';
import { JournalRegistry } from '../journal.registry';
import { AuditEventEntity } from '../journal/audit-event.entity';
import { AuditEventRepository } from '../journal/audit-event.repository';
import { AuditService } from '../journal/audit.service';
import type { AuditEvent, AuditFacts, AuditOutcome } from '../journal/audit.types';
import { MarkedLine, markOf } from '../journal/journal.line';
import {
  AuditReadingEntity,
  AuditReadingRepository,
  ReadingJournalService,
} from '../journal/reading-journal.service';
import { AuditProofJob } from '../proof/audit-proof.job';
import { AuditProofEntity, AuditProofRepository } from '../proof/audit-proof.repository';
import { AuditProofService } from '../proof/audit-proof.service';
import { AuditSealEntity, AuditSealRepository } from '../seal/audit-seal.repository';
import { AuditSealService } from '../seal/audit-seal.service';
import { AuditCounterEntity, AuditCounterRepository } from '../statistics/audit-counter.repository';
import { AuditStatisticsService } from '../statistics/audit-statistics.service';
import { StatisticsRegistry } from '../statistics/statistics.registry';
import type { EventCounts } from '../statistics/statistics.registry';
import type { Collector } from '../audit.options';
import { AuditStreamEntity, AuditStreamRepository } from '../stream/audit-stream.repository';
import { AuditStreamService } from '../stream/audit-stream.service';
import { AuditVerifierService } from '../verification/audit-verifier.service';

export const KEY = { id: 'test', secret: Buffer.alloc(32, 1) };
export const YOUNGER_KEY = { id: 'younger', secret: Buffer.alloc(32, 2) };

/** As a lib that signs people in counts its events. */
const COUNTS = {
  authn_login_success: () => [{ metric: 'sign-in' }],
  authn_login_fail: () => [{ metric: 'refusal' }],
  door_entered: () => [{ metric: 'entry', application: 'agenda' }],
  door_closed: () => [{ metric: 'entry-refused', application: 'agenda' }],
  authn_login_lock: () => [{ metric: 'lock', means: 'password' }],
  authn_code_sent: () => [{ metric: 'code-sent' }],
  authn_code_fail: ({ reason }: { reason: string | null }) => [
    { metric: reason === 'expired' ? 'code-expired' : 'code-refused' },
  ],
  authn_code_lock: () => [{ metric: 'code-refused' }, { metric: 'lock', means: 'code' }],
} as EventCounts;

/** A journal and all that belongs to it, on one database. */
export function journalOn(
  dataSource: DataSource,
  { clock = new SettableClock(), keys = [KEY] }: { clock?: SettableClock; keys?: (typeof KEY)[] } = {},
) {
  const keyring = new Keyring(keys);
  const events = new AuditEventRepository(dataSource.getRepository(AuditEventEntity));
  const seals = new AuditSealRepository(dataSource.getRepository(AuditSealEntity));
  const reports = new ReportsDatabase(dataSource);
  const counters = new AuditCounterRepository(dataSource.getRepository(AuditCounterEntity), reports);
  const transactions = new Transactions(dataSource);
  const registry = new StatisticsRegistry();
  registry.register(COUNTS);
  const statistics = new AuditStatisticsService(counters, seals, reports, clock, registry);
  const random = new SystemRandom(clock);
  const audit = new AuditService(events, clock, random, keyring);
  const sealing = new AuditSealService(transactions, clock, keyring, events, seals, statistics, audit);
  const places = new AuditStreamRepository(dataSource.getRepository(AuditStreamEntity));
  /** As one process streams it. */
  const streamTo = (collector: Collector, metrics = new MetricsRegistry()) => {
    const journal = new JournalRegistry();
    return new AuditStreamService(
      random,
      metrics,
      clock,
      keyring,
      events,
      journal,
      sealing,
      places,
      collector,
    );
  };
  const verifier = new AuditVerifierService(events, seals, keyring);
  const rows = new AuditProofRepository(dataSource.getRepository(AuditProofEntity));
  const proofs = new AuditProofService(rows, seals, clock, random);
  return {
    clock,
    audit,
    readings: new ReadingJournalService(
      new AuditReadingRepository(dataSource.getRepository(AuditReadingEntity)),
      audit,
      transactions,
      clock,
    ),
    proofs,
    transactions,
    /** As one process makes it. */
    proofJob: () => new AuditProofJob(transactions, proofs, verifier, audit, clock),
    events,
    streamTo,
    seals: sealing,
    verifier,
    statistics,
    record: (event: AnyEvent = {}) => audit.record(anyEvent(event)),
    recordMany: (count: number, accountId = 'claire') =>
      events.insert(linesOf(count, accountId, clock, keyring)),
  };
}

/** For many lines in one statement, which no act needs. */
function linesOf(count: number, accountId: string, clock: SettableClock, keyring: Keyring): MarkedLine[] {
  const random = new SystemRandom(clock);
  const said = {
    happenedAt: clock.now(),
    name: 'authn_login_success',
    outcome: 'SUCCESS',
    accountId,
  } as const;
  const where = { actorId: null, structureId: null, address: null, device: null, requestId: null };
  const rest = { means: null, channel: null, reason: null, data: null };
  return Array.from({ length: count }, () => {
    const words = { id: random.id(), ...said, ...where, ...rest };
    return { ...words, mark: markOf(words, keyring) };
  });
}

/** In whatever words: the journal keeps all alike. */
export type AnyEvent = Partial<Omit<AuditFacts, 'name' | 'data'>> & {
  name?: string;
  data?: object;
  outcome?: AuditOutcome;
  reason?: string;
};

export function anyEvent(event: AnyEvent): AuditEvent {
  const words = { name: 'authn_login_success', outcome: 'SUCCESS', accountId: 'claire', ...event };
  return words as AuditEvent;
}

export type Journal = ReturnType<typeof journalOn>;

export async function emptyJournal(dataSource: DataSource): Promise<void> {
  for (const entity of [
    AuditEventEntity,
    AuditSealEntity,
    AuditCounterEntity,
    AuditStreamEntity,
    AuditProofEntity,
    AuditReadingEntity,
  ])
    await dataSource.getRepository(entity).clear();
}
