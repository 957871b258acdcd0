import { Injectable, Logger, OnApplicationShutdown } from '@nestjs/common';
import {
  AccountImportService,
  AccountTokenService,
  EmailChangeService,
  PasswordAttemptService,
  ResetRequestService,
} from '@portillon/account';
import { ImportJob } from '@portillon/administration';
import { AuditSealService } from '@portillon/audit';
import { InactiveAccountJob, PasswordResetService, SecurityNoticeService } from '@portillon/auth';
import { Clock, DAY, HOUR, MINUTE, SECOND, shift } from '@portillon/kernel';
import { NoticeBook, Notifications } from '@portillon/notification';
import { OtpService } from '@portillon/otp';
import { ProSanteConnectPurge } from '@portillon/pro-sante-connect';
import { RateLimiterService } from '@portillon/rate-limit';
import {
  PendingSignInService,
  SessionService,
  TicketService,
  TrustedDeviceService,
} from '@portillon/session';
import { Purge, purgeAll } from './retention';

const DISPATCH_EVERY_MS = 5 * SECOND;
/** So many messages are looked for at once; while there are that many, the next are looked for without waiting. */
const DISPATCHED = 50;
/** A line has its seal within a minute: it waits half of one, so that quiet hours make few seals, and for the next look. */
const SEAL_EVERY_MS = 15 * SECOND;
const SEAL_AFTER_MS = 30 * SECOND;
/** The head of the journal goes to the log this often: a place outside of the database, to compare with. */
const TELL_HEAD_EVERY_MS = HOUR;
/** An import that was just handed in, or that lost its server, waits no longer. */
const IMPORT_EVERY_MS = SECOND;
const PURGE_EVERY_MS = 10 * MINUTE;
/** Accounts that nobody used: so many are looked at in one turn. */
const ABSENCES = 500;
/** CNIL 2021-122: logs are kept 6 to 12 months. */
const AUDIT_KEPT_MS = 365 * DAY;

/** What must be done though nobody asks: messages left over by a process that died, and what has been kept long enough. */
@Injectable()
export class Housekeeping implements OnApplicationShutdown {
  readonly #logger = new Logger('Housekeeping');
  readonly #timers: NodeJS.Timeout[] = [];

  constructor(
    private readonly notifications: Notifications,
    private readonly otp: OtpService,
    private readonly pendingSignIns: PendingSignInService,
    private readonly sessions: SessionService,
    private readonly trustedDevices: TrustedDeviceService,
    private readonly limiter: RateLimiterService,
    private readonly attempts: PasswordAttemptService,
    private readonly proSanteConnect: ProSanteConnectPurge,
    private readonly tickets: TicketService,
    private readonly resets: PasswordResetService,
    private readonly resetRequests: ResetRequestService,
    private readonly tokens: AccountTokenService,
    private readonly emailChanges: EmailChangeService,
    private readonly notices: SecurityNoticeService,
    private readonly noticeBook: NoticeBook,
    private readonly imports: AccountImportService,
    private readonly importJob: ImportJob,
    private readonly inactiveAccounts: InactiveAccountJob,
    private readonly seals: AuditSealService,
    private readonly clock: Clock,
  ) {}

  start(): void {
    this.#every(DISPATCH_EVERY_MS, () => this.#dispatch());
    this.#every(IMPORT_EVERY_MS, () => this.#import());
    this.#every(SEAL_EVERY_MS, () => this.seals.seal(SEAL_AFTER_MS));
    this.#every(TELL_HEAD_EVERY_MS, () => this.#tellHead());
    this.#every(PURGE_EVERY_MS, () => this.#purge());
  }

  onApplicationShutdown(): void {
    for (const timer of this.#timers) clearInterval(timer);
  }

  /** What nobody waits for at a page: who asked for a new password, who is to be told something, then their mails. */
  async #dispatch(): Promise<void> {
    await this.resets.processQueue(DISPATCHED);
    while ((await this.notices.send(DISPATCHED)) === DISPATCHED);
    while ((await this.notifications.dispatchPending(DISPATCHED)) === DISPATCHED);
  }

  /** Until no import has work: each turn is one of its states. */
  async #import(): Promise<void> {
    while (await this.importJob.run());
  }

  async #purge(): Promise<void> {
    await purgeAll(this.#purges(), this.#logger);
    await this.inactiveAccounts.run(ABSENCES);
  }

  #purges(): Record<string, Purge> {
    const oldest = shift(this.clock.now(), -AUDIT_KEPT_MS);
    return {
      codes: (batch) => this.otp.purge(batch),
      signIns: (batch) => this.pendingSignIns.purge(batch),
      sessions: (batch) => this.sessions.purge(batch),
      browsers: (batch) => this.trustedDevices.purge(batch),
      notifications: (batch) => this.notifications.purge(batch),
      limits: (batch) => this.limiter.purge(batch),
      attempts: (batch) => this.attempts.purge(batch),
      imports: (batch) => this.imports.purge(batch),
      proSanteConnect: (batch) => this.proSanteConnect.purge(batch),
      tickets: (batch) => this.tickets.purge(batch),
      resetRequests: (batch) => this.resetRequests.purge(batch),
      tokens: (batch) => this.tokens.purge(batch),
      emailChanges: (batch) => this.emailChanges.purge(batch),
      noticeBook: (batch) => this.noticeBook.purge(batch),
      journal: (batch) => this.seals.purge(oldest, batch),
    };
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
