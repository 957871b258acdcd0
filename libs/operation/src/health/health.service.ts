import { Injectable } from '@nestjs/common';
import '@portillon/audit';
import { Finding, FindingRegistry } from '@portillon/kernel';
import '@portillon/key-rotation';
import '@portillon/notification';
import '@portillon/persistence';
import type { Readiness } from './health.types';
import { LatestLook } from './latest-look';

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
    const { database, preparedStatements, redis, mail, sms } = others;
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
  };
}
