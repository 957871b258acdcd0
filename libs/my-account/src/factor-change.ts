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
    // Sessions last: a sign-in that completes at this moment, by a code or in a remembered browser, holds the row of
    // its sign-in or browser until it commits, so that its session is there when the last statement looks.
    await this.signIns.endAll(session.accountId, tx);
    await this.browsers.endAll(session.accountId, reason, tx);
    await this.sessions.endAll(session.accountId, reason, { except: session.id }, tx);
  }
}
