import { Injectable } from '@nestjs/common';
import { AccountTokenService } from '@portillon/credential';
import { OtpService } from '@portillon/otp';
import { PendingSignInService, Session, SessionService, TrustedDeviceService } from '@portillon/session';
import type { EntityManager } from 'typeorm';

/**
 * Ends open codes and links, sign-ins in progress, every remembered browser and every other session when a password,
 * address, number or channel changes. The account holder may have changed it to lock out an intruder.
 */
@Injectable()
export class FactorResetService {
  constructor(
    private readonly otp: OtpService,
    private readonly tokens: AccountTokenService,
    private readonly pendingSignIns: PendingSignInService,
    private readonly sessions: SessionService,
    private readonly trustedDevices: TrustedDeviceService,
  ) {}

  /** Everything but the session at hand. */
  endOthers(session: Session, reason: string, tx: EntityManager): Promise<void> {
    return this.#end(session.accountId, reason, { except: session.id }, tx);
  }

  /** Ends everything, because no session of the account holder requested the change, or because an administrator did. */
  endAll(accountId: string, reason: string, tx: EntityManager): Promise<void> {
    return this.#end(accountId, reason, {}, tx);
  }

  async #end(accountId: string, reason: string, but: { except?: string }, tx: EntityManager): Promise<void> {
    await this.otp.voidAll(accountId, tx);
    await this.tokens.voidAll(accountId, tx);
    // Sessions end last. A sign-in that completes now holds the row of its sign-in or browser until it commits. The last
    // statement therefore sees its session.
    await this.pendingSignIns.endAll(accountId, tx);
    await this.trustedDevices.endAll(accountId, reason, tx);
    await this.sessions.endAll(accountId, reason, but, tx);
  }
}
