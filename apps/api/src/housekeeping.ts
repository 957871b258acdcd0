import { Injectable, Logger, OnApplicationShutdown } from '@nestjs/common';
import { PasswordAttempts } from '@portillon/account';
import { AuditSeals } from '@portillon/audit';
import { Clock, DAY, HOUR, MINUTE, SECOND, shift } from '@portillon/kernel';
import { Notifications } from '@portillon/notification';
import { Otp } from '@portillon/otp';
import { ProSanteConnectPurge } from '@portillon/pro-sante-connect';
import { RateLimiter } from '@portillon/rate-limit';
import { RememberedBrowsers, Sessions, SignIns, Tickets } from '@portillon/session';

const DISPATCH_EVERY_MS = 5 * SECOND;
/** A line has its seal within a minute: it waits half of one, so that quiet hours make few seals, and for the next look. */
const SEAL_EVERY_MS = 15 * SECOND;
const SEAL_AFTER_MS = 30 * SECOND;
/** The head of the journal goes to the log this often: a place outside of the database, to compare with. */
const TELL_HEAD_EVERY_MS = HOUR;
const PURGE_EVERY_MS = 10 * MINUTE;
const BATCH = 500;
/** CNIL 2021-122: logs are kept 6 to 12 months. */
const AUDIT_KEPT_MS = 365 * DAY;

/** What must be done though nobody asks: messages left over by a process that died, and what has been kept long enough. */
@Injectable()
export class Housekeeping implements OnApplicationShutdown {
  readonly #logger = new Logger('Housekeeping');
  readonly #timers: NodeJS.Timeout[] = [];

  constructor(
    private readonly notifications: Notifications,
    private readonly otp: Otp,
    private readonly signIns: SignIns,
    private readonly sessions: Sessions,
    private readonly browsers: RememberedBrowsers,
    private readonly limiter: RateLimiter,
    private readonly attempts: PasswordAttempts,
    private readonly proSanteConnect: ProSanteConnectPurge,
    private readonly tickets: Tickets,
    private readonly seals: AuditSeals,
    private readonly clock: Clock,
  ) {}

  start(): void {
    this.#every(DISPATCH_EVERY_MS, () => this.notifications.dispatchPending(50));
    this.#every(SEAL_EVERY_MS, () => this.seals.seal(SEAL_AFTER_MS));
    this.#every(TELL_HEAD_EVERY_MS, () => this.#tellHead());
    this.#every(PURGE_EVERY_MS, () => this.#purge());
  }

  onApplicationShutdown(): void {
    for (const timer of this.#timers) clearInterval(timer);
  }

  /** In small batches, so that no sign-in waits behind a long delete. */
  async #purge(): Promise<void> {
    await this.otp.purge(BATCH);
    await this.signIns.purge(BATCH);
    await this.sessions.purge(BATCH);
    await this.browsers.purge(BATCH);
    await this.notifications.purge(BATCH);
    await this.limiter.purge(BATCH);
    await this.attempts.purge(BATCH);
    await this.proSanteConnect.purge(BATCH);
    await this.tickets.purge(BATCH);
    await this.seals.purge(shift(this.clock.now(), -AUDIT_KEPT_MS), BATCH);
  }

  async #tellHead(): Promise<void> {
    const { head } = await this.seals.state();
    if (head) this.#logger.log(`journal sealed up to ${head.sequence}:${head.digest}`);
  }

  #every(milliseconds: number, work: () => Promise<unknown>): void {
    let running = false;
    const turn = async () => {
      if (running) return;
      running = true;
      await work().catch((error: unknown) => this.#logger.warn(`put off: ${String(error)}`));
      running = false;
    };
    const timer = setInterval(() => void turn(), milliseconds);
    timer.unref();
    this.#timers.push(timer);
  }
}
