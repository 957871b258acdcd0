import { Keyring, SystemRandom } from '@portillon/kernel';
import type { Database } from '@portillon/persistence';
import { SettableClock } from '@portillon/testing';
import { AuditCounterRepository } from '../audit-counter.repository';
import { AuditSealRepository } from '../audit-seal.repository';
import { AuditSealService } from '../audit-seal.service';
import { AuditStatisticsService } from '../audit-statistics.service';
import { AuditVerifierService } from '../audit-verifier.service';
import { AuditService } from '../audit.service';
import type { AuditEvent, AuditFacts, AuditOutcome } from '../audit.types';

export const KEY = { id: 'test', secret: Buffer.alloc(32, 1) };
export const YOUNGER_KEY = { id: 'younger', secret: Buffer.alloc(32, 2) };

/** A journal and all that belongs to it, on one database. */
export function journalOn(
  database: Database,
  { clock = new SettableClock(), keys = [KEY] }: { clock?: SettableClock; keys?: (typeof KEY)[] } = {},
) {
  const keyring = new Keyring(keys);
  const records = new AuditSealRepository(database);
  const counters = new AuditCounterRepository(database);
  const audit = new AuditService(database, clock, new SystemRandom(clock), keyring);
  return {
    clock,
    audit,
    records,
    seals: new AuditSealService(database, clock, keyring, records, counters, audit),
    verifier: new AuditVerifierService(records, keyring),
    statistics: new AuditStatisticsService(counters),
    record: (event: AnyEvent = {}) => audit.record(anyEvent(event)),
  };
}

/** In whatever words: the journal keeps all alike. */
export type AnyEvent = Partial<Omit<AuditFacts, 'name'>> & {
  name?: string;
  outcome?: AuditOutcome;
  reason?: string;
};

export function anyEvent(event: AnyEvent): AuditEvent {
  const words = { name: 'authn_login_success', outcome: 'SUCCESS', accountId: 'claire', ...event };
  return words as AuditEvent;
}

export type Journal = ReturnType<typeof journalOn>;

export async function emptyJournal(database: Database): Promise<void> {
  for (const table of ['auditEvent', 'auditSeal', 'auditCounter'])
    await database.execute(`DELETE FROM ${table}`);
}
