import { Finding, SECOND, withTimeout, FindingRegistry, ScheduledJob } from '@portillon/kernel';
import { Injectable } from '@nestjs/common';
import '@portillon/audit';
import '@portillon/persistence';
import '@portillon/notification';
import { Interval, Timeout } from '@nestjs/schedule';

export interface Check {
  status: 'up' | 'down' | 'off';
  latencyMs: number | null;
}

/** `unreadable`: the number of messages and notices that wait for an instance with their key. */
export interface OutboxCheck extends Check {
  unreadable: number;
}

/** `missingKeys`: keys that this instance lacks, of unsealed journal lines, of other instances or of mobile numbers. */
export interface KeysCheck extends Check {
  missingKeys: string[];
}

export interface Readiness {
  status: 'ready' | 'not-ready';
  checks: {
    database: Check;
    /** Down when the server has reached its `max_prepared_stmt_count`. */
    preparedStatements: Check;
    redis: Check;
    outbox: OutboxCheck;
    journal: KeysCheck;
    keys: KeysCheck;
    mail: Check;
    sms: Check;
    certificates: Check;
    clock: Check;
    /** Down when the database may take back what it acknowledged. */
    durability: Check;
  };
}

/** The time after which a dependency counts as down. */
const PATIENCE_MS = 2 * SECOND;

/** The latest result of one check. */
export interface Looked<Found extends Finding> {
  check: Check;
  /** Undefined where the check failed. */
  finding?: Found;
}

/** Checks one dependency of an instance, and keeps the latest result. */
export class LatestLook<Found extends Finding> {
  #latest: Looked<Found> = { check: { status: 'down', latencyMs: null } };
  #running?: Promise<Looked<Found>>;

  constructor(private readonly find: () => Promise<Found>) {}

  /** Returns the current result. Concurrent callers share one check. */
  look(): Promise<Looked<Found>> {
    this.#running ??= this.#look().finally(() => (this.#running = undefined));
    return this.#running;
  }

  /** Returns the current result, or the latest one when the check takes longer than `milliseconds`. */
  within(milliseconds: number): Promise<Looked<Found>> {
    const last = new Promise<Looked<Found>>((resolve) => {
      setTimeout(() => resolve(this.#latest), milliseconds).unref();
    });
    return Promise.race([this.look(), last]);
  }

  async #look(): Promise<Looked<Found>> {
    const begun = performance.now();
    try {
      const finding = await withTimeout(PATIENCE_MS, this.find());
      const { latencyMs = Math.round(performance.now() - begun) } = finding;
      const status = statusOf(finding);
      this.#latest = { check: { status, latencyMs: status === 'up' ? latencyMs : null }, finding };
    } catch {
      this.#latest = { check: { status: 'down', latencyMs: null } };
    }
    return this.#latest;
  }
}

function statusOf({ state }: Finding): Check['status'] {
  if (state === 'off') return 'off';
  return state === 'warning' || state === 'failing' ? 'down' : 'up';
}

/** The longest wait of a probe: a load balancer takes the instance out when it waits longer. */
const PROBE_PATIENCE_MS = 50;

type Looks = ReturnType<typeof looksAt>;
type Found = { [Name in keyof Looks]: Awaited<ReturnType<Looks[Name]['look']>> };

/** Whether this process can serve, by the name of each dependency. */
@Injectable()
export class HealthService {
  readonly #looks: Looks;

  constructor(findings: FindingRegistry) {
    this.#looks = looksAt(findings);
  }

  /** Answers a probe at once: current findings where they are fast enough, the latest ones elsewhere. */
  readiness(): Promise<Readiness> {
    return this.#answer((look) => look.within(PROBE_PATIENCE_MS));
  }

  /** Checks each dependency until it answers or its time is over. */
  async check(): Promise<void> {
    await this.#answer((look) => look.look());
  }

  /**
   * Ready when the database answers, prepares statements and has its outbox, and the clock is right. The rest only informs
   * the operator, because users can still sign in: without mail and SMS, cards and sessions work; without Redis, the
   * database counts.
   */
  async #answer(ask: (look: LatestLook<Finding>) => Promise<unknown>): Promise<Readiness> {
    const all = Object.entries(this.#looks).map(async ([name, look]) => [name, await ask(look)]);
    const { outbox, journal, keys, certificates, clock, ...others } = Object.fromEntries(
      await Promise.all(all),
    ) as Found;
    const { database, preparedStatements, redis, mail, sms, durability } = others;
    const needed = [database, preparedStatements, outbox];
    const isReady = needed.every(({ check }) => check.status === 'up') && clock.finding?.state !== 'failing';
    return {
      status: isReady ? 'ready' : 'not-ready',
      checks: {
        database: database.check,
        preparedStatements: preparedStatements.check,
        redis: redis.check,
        outbox: { ...outbox.check, unreadable: outbox.finding?.values.count ?? 0 },
        journal: { ...journal.check, missingKeys: journal.finding?.values.missingKeys ?? [] },
        keys: { ...keys.check, missingKeys: keys.finding?.values.missingKeys ?? [] },
        mail: mail.check,
        sms: sms.check,
        certificates: { ...certificates.check, latencyMs: null },
        clock: clock.check,
        durability: durability.check,
      },
    };
  }
}

function looksAt(findings: FindingRegistry) {
  return {
    database: new LatestLook(() => findings.find('database')),
    preparedStatements: new LatestLook(() => findings.find('prepared')),
    redis: new LatestLook(() => findings.find('redis')),
    outbox: new LatestLook(() => findings.find('unreadable')),
    journal: new LatestLook(() => findings.find('journal')),
    keys: new LatestLook(() => findings.find('keys')),
    mail: new LatestLook(() => findings.find('mail')),
    sms: new LatestLook(() => findings.find('sms')),
    certificates: new LatestLook(() => findings.find('expiry')),
    clock: new LatestLook(() => findings.find('clock')),
    durability: new LatestLook(() => findings.find('durability')),
  };
}

/** Checks the dependencies of an instance at its start and every 5 s, so that a probe gets an answer without delay. */
@Injectable()
export class ReadinessJob extends ScheduledJob {
  constructor(private readonly health: HealthService) {
    super();
  }

  @Timeout(0)
  start(): Promise<void> {
    return this.run();
  }

  @Interval(5 * SECOND)
  run(): Promise<void> {
    return this.turn(() => this.health.check());
  }
}
