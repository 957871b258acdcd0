import { Injectable } from '@nestjs/common';
import { Account, DirectoryService, PendingEmailService } from '@portillon/account';
import { PasswordAttemptService } from '@portillon/credential';
import { Clock } from '@portillon/kernel';
import { OtpService } from '@portillon/otp';
import { SessionService, TrustedDeviceService } from '@portillon/session';
import type { FastifyReply } from 'fastify';
import { tellVersion } from '../entity-tag';
import { accountDetail, AdminAccount, Surroundings } from './account-view.dto';

/** An account with what stands around it: locks, sessions, browsers. */
@Injectable()
export class AccountPageViewService {
  constructor(
    private readonly attempts: PasswordAttemptService,
    private readonly otp: OtpService,
    private readonly sessions: SessionService,
    private readonly trustedDevices: TrustedDeviceService,
    private readonly pendingEmails: PendingEmailService,
    private readonly directory: DirectoryService,
    private readonly clock: Clock,
  ) {}

  /** The answer of every route of one account, with its version as the `ETag`. */
  answer(reply: FastifyReply, account: Account): Promise<AdminAccount> {
    tellVersion(reply, account.version);
    return this.of(account);
  }

  async of(account: Account): Promise<AdminAccount> {
    const [passwordUntil, codeLock, sessions, browsers, waiting] = await Promise.all([
      this.attempts.delayedUntil(account.username),
      this.otp.lockOf(account.id),
      this.sessions.list(account.id),
      this.trustedDevices.list(account.id),
      this.#waitingEmail(account),
    ]);
    return accountDetail(account, {
      passwordUntil: passwordUntil ?? null,
      codeLock: codeLock ?? null,
      ...waiting,
      openSessions: sessions.length,
      rememberedBrowsers: browsers.length,
      now: this.clock.now(),
    });
  }

  async #waitingEmail({ id }: Account): Promise<Pick<Surroundings, 'pendingEmail' | 'requesterName'>> {
    const pendingEmail = await this.pendingEmails.find(id);
    if (!pendingEmail) return { pendingEmail: null, requesterName: null };
    const people = await this.directory.people([pendingEmail.requestedBy]);
    return { pendingEmail, requesterName: people.get(pendingEmail.requestedBy)?.displayName ?? null };
  }
}
