import { Injectable } from '@nestjs/common';
import { Notifications } from '@portillon/notification';
import { Database } from '@portillon/persistence';

export interface Check {
  status: 'up' | 'down' | 'off';
  latencyMs: number | null;
}

export interface Readiness {
  status: 'ready' | 'not-ready';
  checks: { database: Check; outbox: Check; mail: Check; sms: Check };
}

/** A database that has not answered by then is down for whoever waits. */
const DATABASE_LIMIT_MS = 2_000;

/** Whether this process can serve, by the name of what it needs. */
@Injectable()
export class Health {
  constructor(
    private readonly database: Database,
    private readonly notifications: Notifications,
  ) {}

  /** Ready when the database and the outbox in it answer. Mail and SMS down still let cards and sessions work. */
  async readiness(): Promise<Readiness> {
    const [database, outbox, channels] = await Promise.all([
      timed(() => this.database.ping()),
      timed(() => this.database.rows('SELECT id FROM notification LIMIT 1')),
      this.notifications.health(),
    ]);
    const channel = (name: string): Check => {
      const found = channels.find((one) => one.channel === name);
      return found
        ? { status: found.status, latencyMs: found.latencyMs }
        : { status: 'off', latencyMs: null };
    };
    const ready = database.status === 'up' && outbox.status === 'up';
    return {
      status: ready ? 'ready' : 'not-ready',
      checks: { database, outbox, mail: channel('EMAIL'), sms: channel('SMS') },
    };
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
