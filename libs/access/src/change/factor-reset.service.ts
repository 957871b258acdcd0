import { Injectable } from '@nestjs/common';
import { AccountTokenService } from '@portillon/credential';
import { OtpService } from '@portillon/otp';
import { PendingSignInService, Session, SessionService, TrustedDeviceService } from '@portillon/session';
import type { EntityManager } from 'typeorm';

/**
 * What the change of a password, an address, a number or a channel ends: open codes and links, sign-ins in progress,
 * every remembered browser and every other session, since the person may have changed it to drive an intruder out.
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

  /** Everything: no session of the person asked for it, or an administrator did. */
  endAll(accountId: string, reason: string, tx: EntityManager): Promise<void> {
    return this.#end(accountId, reason, {}, tx);
  }

  async #end(accountId: string, reason: string, but: { except?: string }, tx: EntityManager): Promise<void> {
    await this.otp.voidAll(accountId, tx);
    await this.tokens.voidAll(accountId, tx);
    // Sessions last: a sign-in that completes at this moment, by a code or in a remembered browser, holds the row of
    // its sign-in or browser until it commits, so that its session is there when the last statement looks.
    await this.pendingSignIns.endAll(accountId, tx);
    await this.trustedDevices.endAll(accountId, reason, tx);
    await this.sessions.endAll(accountId, reason, but, tx);
  }
}
