import { Injectable, ServiceUnavailableException } from '@nestjs/common';
import { HealthCheckResult, HealthCheckService, HealthIndicatorResult } from '@nestjs/terminus';
import { ChannelHealthIndicator } from './channel.health';
import { DatabaseHealthIndicator } from './database.health';
import type { Check, Readiness } from './health.types';
import { JournalHealthIndicator } from './journal.health';
import { KeysHealthIndicator } from './keys.health';
import { RedisHealthIndicator } from './redis.health';
import { TimeHealthIndicator } from './time.health';

type Details = HealthIndicatorResult[string];

/** Whether this process can serve, by the name of what it needs. */
@Injectable()
export class HealthService {
  constructor(
    private readonly terminus: HealthCheckService,
    private readonly database: DatabaseHealthIndicator,
    private readonly redis: RedisHealthIndicator,
    private readonly journal: JournalHealthIndicator,
    private readonly channels: ChannelHealthIndicator,
    private readonly time: TimeHealthIndicator,
    private readonly keys: KeysHealthIndicator,
  ) {}

  /**
   * Ready when the database and the outbox in it answer. Mail and SMS down still let cards and sessions work, the
   * database counts while Redis is down, and the rest is for the operator to see: people sign in meanwhile.
   */
  async readiness(): Promise<Readiness> {
    const { status, details } = await this.#look();
    const check = (name: string) => checkOf(details[name]!);
    return {
      status: status === 'ok' || status === 'degraded' ? 'ready' : 'not-ready',
      checks: {
        database: check('database'),
        redis: check('redis'),
        outbox: {
          ...check('outbox'),
          unreadable: (details['outbox']!['unreadable'] as number | undefined) ?? 0,
        },
        journal: { ...check('journal'), missingKeys: details['journal']!['missingKeys'] as string[] },
        keys: { ...check('keys'), missingKeys: details['keys']!['missingKeys'] as string[] },
        mail: check('mail'),
        sms: check('sms'),
        certificates: check('certificates'),
        clock: check('clock'),
      },
    };
  }

  async #look(): Promise<HealthCheckResult> {
    try {
      return await this.terminus.check([
        () => this.database.answers('database'),
        () => this.database.outbox('outbox'),
        () => optional(this.redis.answers('redis')),
        () => optional(this.journal.sealed('journal')),
        () => optional(this.keys.goTogether('keys')),
        () => optional(this.channels.answers('mail', 'EMAIL')),
        () => optional(this.channels.answers('sms', 'SMS')),
        () => optional(this.time.certificatesHold('certificates')),
        () => optional(this.time.clocksAgree('clock')),
      ]);
    } catch (error) {
      if (error instanceof ServiceUnavailableException) return error.getResponse() as HealthCheckResult;
      throw error;
    }
  }
}

/** What is down here takes no instance out. */
async function optional(look: PromiseLike<HealthIndicatorResult> | HealthIndicatorResult) {
  const [[name, details]] = Object.entries(await look) as [[string, Details]];
  return { [name]: { ...details, status: details.status === 'down' ? 'degraded' : details.status } };
}

function checkOf({ status, off, responseTime }: Details): Check {
  if (off) return { status: 'off', latencyMs: null };
  const isUp = status === 'up';
  return {
    status: isUp ? 'up' : 'down',
    latencyMs: isUp && typeof responseTime === 'number' ? responseTime : null,
  };
}
