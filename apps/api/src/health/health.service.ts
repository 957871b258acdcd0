import { Injectable, ServiceUnavailableException } from '@nestjs/common';
import {
  HealthCheckResult,
  HealthCheckService,
  HealthIndicatorFunction,
  HealthIndicatorResult,
} from '@nestjs/terminus';
import { ChannelHealthIndicator } from './channel.health';
import { DatabaseHealthIndicator } from './database.health';
import { PROBE_PATIENCE_MS } from './health.options';
import type { Check, Readiness } from './health.types';
import { JournalHealthIndicator } from './journal.health';
import { KeysHealthIndicator } from './keys.health';
import { LatestLook } from './latest-look';
import { RedisHealthIndicator } from './redis.health';
import { TimeHealthIndicator } from './time.health';

type Details = HealthIndicatorResult[string];

/** Whether this process can serve, by the name of what it needs. */
@Injectable()
export class HealthService {
  readonly #looks: LatestLook[];

  constructor(
    private readonly terminus: HealthCheckService,
    database: DatabaseHealthIndicator,
    redis: RedisHealthIndicator,
    journal: JournalHealthIndicator,
    channels: ChannelHealthIndicator,
    time: TimeHealthIndicator,
    keys: KeysHealthIndicator,
  ) {
    this.#looks = [
      new LatestLook('database', () => database.answers('database')),
      new LatestLook('preparedStatements', () => database.preparesStatements('preparedStatements')),
      new LatestLook('outbox', () => database.outbox('outbox')),
      new LatestLook('redis', () => redis.answers('redis'), { isOptional: true }),
      new LatestLook('journal', () => journal.sealed('journal'), { isOptional: true }),
      new LatestLook('keys', () => keys.goTogether('keys'), { isOptional: true }),
      new LatestLook('mail', () => channels.answers('mail', 'EMAIL'), { isOptional: true }),
      new LatestLook('sms', () => channels.answers('sms', 'SMS'), { isOptional: true }),
      new LatestLook('certificates', () => time.certificatesHold('certificates'), { isOptional: true }),
      new LatestLook('clock', () => time.clocksAgree('clock')),
    ];
  }

  /** For a probe, at once: what is found within its patience, and of what takes longer what was found last. */
  readiness(): Promise<Readiness> {
    return this.#answer((one) => one.within(PROBE_PATIENCE_MS));
  }

  /** The same for who can wait until each thing answered, or its time was over. */
  examine(): Promise<Readiness> {
    return this.#answer((one) => one.look());
  }

  /**
   * Ready when the database answers, prepares statements and has its outbox, and the clock is right. Mail and SMS down still let cards and
   * sessions work, the database counts while Redis is down, and the rest is for the operator to see: people sign in
   * meanwhile.
   */
  async #answer(ask: (one: LatestLook) => Promise<HealthIndicatorResult>): Promise<Readiness> {
    const { status, details } = await this.#check(this.#looks.map((one) => () => ask(one)));
    const check = (name: string) => checkOf(details[name]!);
    const missingKeys = (name: string) => (details[name]!['missingKeys'] as string[] | undefined) ?? [];
    return {
      status: status === 'ok' || status === 'degraded' ? 'ready' : 'not-ready',
      checks: {
        database: check('database'),
        preparedStatements: check('preparedStatements'),
        redis: check('redis'),
        outbox: {
          ...check('outbox'),
          unreadable: (details['outbox']!['unreadable'] as number | undefined) ?? 0,
        },
        journal: { ...check('journal'), missingKeys: missingKeys('journal') },
        keys: { ...check('keys'), missingKeys: missingKeys('keys') },
        mail: check('mail'),
        sms: check('sms'),
        certificates: check('certificates'),
        clock: check('clock'),
      },
    };
  }

  async #check(looks: HealthIndicatorFunction[]): Promise<HealthCheckResult> {
    try {
      return await this.terminus.check(looks);
    } catch (error) {
      if (error instanceof ServiceUnavailableException) return error.getResponse() as HealthCheckResult;
      throw error;
    }
  }
}

function checkOf({ status, off, responseTime }: Details): Check {
  if (off) return { status: 'off', latencyMs: null };
  const isUp = status === 'up';
  return {
    status: isUp ? 'up' : 'down',
    latencyMs: isUp && typeof responseTime === 'number' ? responseTime : null,
  };
}
