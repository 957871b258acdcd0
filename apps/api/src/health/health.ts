import { Injectable } from '@nestjs/common';
import { AuditSealService } from '@portillon/audit';
import { MINUTE } from '@portillon/kernel';
import { NoticeBook, Notifications } from '@portillon/notification';
import { DatabaseHealthService } from '@portillon/persistence';
import { RateLimiterService } from '@portillon/rate-limit';

export interface Check {
  status: 'up' | 'down' | 'off';
  latencyMs: number | null;
}

/** `unreadable`: how many messages and notices wait for an instance that has their key. */
export interface OutboxCheck extends Check {
  unreadable: number;
}

/** `missingKeys`: keys that lines without a seal are marked with, and that only other instances have. */
export interface JournalCheck extends Check {
  missingKeys: string[];
}

export interface Readiness {
  status: 'ready' | 'not-ready';
  checks: {
    database: Check;
    redis: Check;
    outbox: OutboxCheck;
    journal: JournalCheck;
    mail: Check;
    sms: Check;
  };
}

const OFF: Check = { status: 'off', latencyMs: null };
/** A line that has waited this long for its seal: the sealing stands still. */
const SEAL_LATE_MS = 5 * MINUTE;
/** A database that has not answered by then is down for whoever waits. */
const DATABASE_LIMIT_MS = 2_000;

/** Whether this process can serve, by the name of what it needs. */
@Injectable()
export class Health {
  constructor(
    private readonly database: DatabaseHealthService,
    private readonly notifications: Notifications,
    private readonly notices: NoticeBook,
    private readonly seals: AuditSealService,
    private readonly limiter: RateLimiterService,
  ) {}

  /**
   * Ready when the database and the outbox in it answer. Mail and SMS down still let cards and sessions work, the
   * database counts while Redis is down, and a journal whose sealing stands still is for the operator to see: people
   * sign in meanwhile.
   */
  async readiness(): Promise<Readiness> {
    const [database, redis, outbox, journal, channels] = await Promise.all([
      timed(() => this.database.check()),
      this.limiter.usesRedis ? timed(() => this.limiter.pingRedis()) : OFF,
      this.#outbox(),
      this.#journal(),
      this.notifications.health(),
    ]);
    const channel = (name: string): Check => {
      const found = channels.find((one) => one.channel === name);
      return found ? { status: found.status, latencyMs: found.latencyMs } : OFF;
    };
    const ready = database.status === 'up' && outbox.status === 'up';
    return {
      status: ready ? 'ready' : 'not-ready',
      checks: { database, redis, outbox, journal, mail: channel('EMAIL'), sms: channel('SMS') },
    };
  }

  async #outbox(): Promise<OutboxCheck> {
    let unreadable = 0;
    const check = await timed(async () => {
      const messages = await this.notifications.outboxHealth();
      unreadable = messages.unreadable + (await this.notices.unreadable());
    });
    return { ...check, unreadable };
  }

  /** Down when the sealing stands still, or when this instance cannot seal all: its keys are not those of the others. */
  async #journal(): Promise<JournalCheck> {
    let missingKeys: string[] = [];
    const check = await timed(async () => {
      const state = await this.seals.state();
      missingKeys = state.missingKeys;
      if (state.waitingMs > SEAL_LATE_MS) throw new Error('sealing stands still');
      if (missingKeys.length > 0) throw new Error('keys are missing');
    });
    return { ...check, missingKeys };
  }
}

async function timed(work: () => Promise<unknown>): Promise<Check> {
  const start = performance.now();
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise(
    (_, reject) => (timer = setTimeout(() => reject(new Error('late')), DATABASE_LIMIT_MS)),
  );
  try {
    await Promise.race([work(), limit]);
    return { status: 'up', latencyMs: Math.round((performance.now() - start) * 10) / 10 };
  } catch {
    return { status: 'down', latencyMs: null };
  } finally {
    clearTimeout(timer);
  }
}
