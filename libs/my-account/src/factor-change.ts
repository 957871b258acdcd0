import { Injectable } from '@nestjs/common';
import { Otp } from '@portillon/otp';
import { Statements } from '@portillon/persistence';
import { RememberedBrowsers, Session, Sessions, SignIns } from '@portillon/session';

/**
 * What the change of a password, a number or a channel ends: open codes, sign-ins in progress, every remembered
 * browser and every other session, since whoever changed it may be driving somebody out.
 */
@Injectable()
export class FactorChange {
  constructor(
    private readonly otp: Otp,
    private readonly signIns: SignIns,
    private readonly sessions: Sessions,
    private readonly browsers: RememberedBrowsers,
  ) {}

  async endOthers(session: Session, reason: string, tx: Statements): Promise<void> {
    await this.otp.voidAll(session.accountId, tx);
    // Sign-ins before sessions: a sign-in that completes at this moment is then seen by the second statement.
    await this.signIns.endAll(session.accountId, tx);
    await this.sessions.endAll(session.accountId, reason, { except: session.id }, tx);
    await this.browsers.endAll(session.accountId, reason, tx);
  }
}
