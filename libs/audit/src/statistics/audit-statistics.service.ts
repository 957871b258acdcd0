import { Injectable } from '@nestjs/common';
import { Clock } from '@portillon/kernel';
import { ReportsDatabase } from '@portillon/persistence';
import type { EntityManager } from 'typeorm';
import type { LineWords } from '../journal/journal.line';
import { AuditSealRepository } from '../seal/audit-seal.repository';
import { AuditCounterRepository, PeriodCounter } from './audit-counter.repository';
import type { AuditCounterEntity } from './audit-counter.repository';
import {
  DELAY_BOUNDS,
  DelayBucket,
  EVERYWHERE,
  Metric,
  placeOf,
  dayOf,
  dayReader,
  StatisticsRegistry,
} from './statistics.registry';

export interface StatisticsRequest {
  /** Null: all structures together. */
  structureIds: readonly string[] | null;
  /** First day, `2026-01-01`, of the calendar of Europe/Paris. */
  from: string;
  /** Last day. */
  to: string;
  by: 'day' | 'month';
}

export interface ByChannel {
  total: number;
  email: number;
  sms: number;
}

/** Numbers of a period. */
export interface Figures {
  signIns: {
    total: number;
    /** Password, then a code by mail. */
    passwordEmail: number;
    passwordSms: number;
    /** Password, then a code of an authenticator app. */
    passwordTotp: number;
    /** Password, then a recovery code. */
    passwordRecoveryCode: number;
    /** Password alone, while the previous code was still valid. */
    passwordRemembered: number;
    proSanteConnect: number;
    cpx: number;
    passkey: number;
  };
  codes: { sent: ByChannel; used: ByChannel; expired: ByChannel; refused: ByChannel };
  /** Used codes by the seconds from sending to use: up to `upToSeconds`; null beyond the last bound. */
  delays: { upToSeconds: number | null; codes: number }[];
  locks: { total: number; password: number; code: number };
  refusals: { total: number; password: number; proSanteConnect: number; cpx: number; passkey: number };
}

export interface Statistics {
  total: Figures;
  /** Periods with events, in order: `2026-11-24` or `2026-11`. */
  periods: ({ period: string } & Figures)[];
}

/** Number of entries to an application on a day, and of refusals. */
export interface EntryFigures {
  /** `2026-11-24` */
  day: string;
  entered: number;
  refused: number;
}

/** Number of entries to an application in a range of days, and of refusals. */
export interface ApplicationEntryFigures {
  application: string;
  entered: number;
  refused: number;
}

/** Number of entries to an application in a range of days, and of refusals. */
export interface LatestEntries {
  entered: number;
  refused: number;
  /** The last day with an entry: `2026-11-24`. */
  lastDay: string | null;
}

/** Numbers of a period without events. */
export const NOTHING: Figures = figuresOf([]);

type Sum = (metric: Metric, means?: string, channel?: string) => number;

/** Counters of the journal: raised by lines when they are sealed, and read for statistics, never from the lines. */
@Injectable()
export class AuditStatisticsService {
  constructor(
    private readonly counters: AuditCounterRepository,
    private readonly seals: AuditSealRepository,
    private readonly reports: ReportsDatabase,
    private readonly clock: Clock,
    private readonly registry: StatisticsRegistry,
  ) {}

  async of({ structureIds, from, to, by }: StatisticsRequest): Promise<Statistics> {
    const places = structureIds ?? [EVERYWHERE];
    const rows = await this.counters.findSums(places, from, to, by === 'day' ? 10 : 7);
    const byPeriod = new Map<string, PeriodCounter[]>();
    for (const row of rows) byPeriod.set(row.period, [...(byPeriod.get(row.period) ?? []), row]);
    return {
      total: figuresOf(rows),
      periods: [...byPeriod.keys()].sort().map((period) => ({ period, ...figuresOf(byPeriod.get(period)!) })),
    };
  }

  /** Days from `from` to `to` with entries to the application, in order. */
  async ofApplication(application: string, from: string, to: string): Promise<EntryFigures[]> {
    const rows = await this.counters.findSums([placeOf(application)], from, to, 10);
    return [...new Set(rows.map(({ period }) => period))].sort().map((day) => {
      const sum = sumOver(rows.filter(({ period }) => period === day));
      return { day, entered: sum('entry'), refused: sum('entry-refused') };
    });
  }

  /** Entries to each of these applications from the day `from` to the day `to`, by application. */
  async ofApplications(
    ids: readonly string[],
    from: string,
    to: string,
  ): Promise<Map<string, LatestEntries>> {
    const rows = await this.counters.findSumsOf(ids.map(placeOf), from, to);
    const find = (id: string, metric: Metric) =>
      rows.find((row) => row.place === placeOf(id) && row.metric === metric);
    const figuresFor = (id: string): LatestEntries => {
      const entered = find(id, 'entry');
      const refused = Number(find(id, 'entry-refused')?.total ?? 0);
      return { entered: Number(entered?.total ?? 0), refused, lastDay: entered?.lastDay ?? null };
    };
    return new Map(ids.map((id) => [id, figuresFor(id)]));
  }

  /** Applications with entries from the day `from` to the day `to`, the most used first. */
  async byApplication(from: string, to: string): Promise<ApplicationEntryFigures[]> {
    const rows = await this.counters.findSumsByPlace(placeOf(''), from, to);
    const sum = (place: string, metric: Metric) =>
      Number(rows.find((row) => row.place === place && row.metric === metric)?.total ?? 0);
    return [...new Set(rows.map(({ place }) => place))]
      .map((place) => ({
        application: place.slice(placeOf('').length),
        entered: sum(place, 'entry'),
        refused: sum(place, 'entry-refused'),
      }))
      .sort((one, other) => other.entered - one.entered || other.refused - one.refused);
  }

  /**
   * Age of the oldest seal that the replica lacks, milliseconds; 0 when it has all.
   *
   * @throws AppError `service.busy` when the replica does not answer
   */
  async lagMs(): Promise<number> {
    const head = await this.seals.findHead(await this.reports.manager());
    const [missing] = await this.seals.findAfter(head?.sequence ?? 0, 1);
    return missing ? this.clock.now().getTime() - missing.sealedAt.getTime() : 0;
  }

  /** Counts each line once, in the transaction that seals it. */
  async count(lines: readonly LineWords[], tx: EntityManager): Promise<void> {
    await this.counters.raise(this.#countersOf(lines), tx);
  }

  /** Counts a refusal of an application that has no line in the journal. */
  async countRefusal(application: string, at: Date): Promise<void> {
    const where = { structureId: placeOf(application), day: dayOf(at), means: '', channel: '' };
    await this.counters.raise([{ ...where, metric: 'entry-refused', total: 1 }]);
  }

  /** Increments of the counters for these lines, sorted by key. */
  #countersOf(lines: readonly LineWords[]): AuditCounterEntity[] {
    const counters = new Map<string, AuditCounterEntity>();
    const dayOfLine = dayReader();
    for (const line of lines) {
      const day = dayOfLine(line.happenedAt);
      for (const { application, ...count } of this.registry.countsOf(line))
        for (const structureId of application ? [placeOf(application)] : [line.structureId ?? '', EVERYWHERE])
          add(counters, { structureId, day, ...count, total: 1 });
    }
    return [...counters.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, counter]) => counter);
  }
}

function figuresOf(rows: PeriodCounter[]): Figures {
  const sum = sumOver(rows);
  return {
    signIns: {
      total: sum('sign-in'),
      passwordEmail: sum('sign-in', 'password', 'EMAIL'),
      passwordSms: sum('sign-in', 'password', 'SMS'),
      passwordTotp: sum('sign-in', 'password', 'TOTP'),
      passwordRecoveryCode: sum('sign-in', 'password', 'RECOVERY_CODE'),
      passwordRemembered: sum('sign-in', 'password', ''),
      proSanteConnect: sum('sign-in', 'pro-sante-connect'),
      cpx: sum('sign-in', 'cpx'),
      passkey: sum('sign-in', 'passkey'),
    },
    codes: {
      sent: byChannel('code-sent', sum),
      used: byChannel('code-used', sum),
      expired: byChannel('code-expired', sum),
      refused: byChannel('code-refused', sum),
    },
    delays: [...DELAY_BOUNDS.map((bound) => delay(bound, bound, sum)), delay('more', null, sum)],
    locks: { total: sum('lock'), password: sum('lock', 'password'), code: sum('lock', 'code') },
    refusals: {
      total: sum('refusal'),
      password: sum('refusal', 'password'),
      proSanteConnect: sum('refusal', 'pro-sante-connect'),
      cpx: sum('refusal', 'cpx'),
      passkey: sum('refusal', 'passkey'),
    },
  };
}

function sumOver(rows: PeriodCounter[]): Sum {
  return (metric, means, channel) =>
    rows
      .filter((row) => row.metric === metric)
      .filter((row) => means === undefined || row.means === means)
      .filter((row) => channel === undefined || row.channel === channel)
      .reduce((total, row) => total + Number(row.total), 0);
}

function byChannel(metric: Metric, sum: Sum): ByChannel {
  return { total: sum(metric), email: sum(metric, undefined, 'EMAIL'), sms: sum(metric, undefined, 'SMS') };
}

function delay(bucket: DelayBucket, upToSeconds: number | null, sum: Sum) {
  return { upToSeconds, codes: sum(`code-within-${bucket}`) };
}

function add(counters: Map<string, AuditCounterEntity>, one: AuditCounterEntity): void {
  const key = [one.structureId, one.day, one.metric, one.means, one.channel].join('\n');
  const known = counters.get(key);
  if (known) known.total += one.total;
  else counters.set(key, one);
}
