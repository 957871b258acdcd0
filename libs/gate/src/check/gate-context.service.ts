import { Injectable } from '@nestjs/common';
import { AccountService } from '@portillon/account';
import { ApplicationService } from '@portillon/application';
import { parseToken, secretMatches } from '@portillon/kernel';
import { SessionService } from '@portillon/session';
import { GateRuleRepository } from '../rules/gate-rule.repository';
import { ownsOrigin } from '../sign-in/callback-path';
import { GateSessionRepository } from '../sign-in/gate-session.repository';
import type { GateContext } from './gate-context.types';

/**
 * The facts that a check uses. Each row is read by its key after the request came, and is not cached. A committed change,
 * such as an ended session, a closed account or a new rule, therefore applies to the next request on every server.
 */
@Injectable()
export class GateContextService {
  constructor(
    private readonly gateSessions: GateSessionRepository,
    private readonly sessions: SessionService,
    private readonly applications: ApplicationService,
    private readonly rules: GateRuleRepository,
    private readonly accounts: AccountService,
  ) {}

  /** Undefined except for the cookie's own application, while its session is open. Accepts any text. */
  async ofCookie(cookie: string | undefined, origin: string): Promise<GateContext | undefined> {
    const token = parseToken(cookie);
    const gateSession = token && (await this.gateSessions.find(token.id));
    if (!gateSession || !secretMatches(token.secret, gateSession.secretDigest)) return undefined;
    const { applicationId, sessionId, sid } = gateSession;
    const [session, application, rules] = await Promise.all([
      this.sessions.get(sessionId),
      this.applications.getGated(applicationId),
      this.rules.list(applicationId),
    ]);
    if (!session || !application || !ownsOrigin(application, origin)) return undefined;
    const email = application.claimMail ? await this.accounts.emailOf(session.accountId) : '';
    return email === undefined ? undefined : { application, rules, person: { session, sid, email } };
  }

  /** Returns the application that holds this origin and its rules, without a user. */
  async ofOrigin(origin: string): Promise<GateContext | undefined> {
    const application = await this.applications.atOrigin(origin);
    if (!application || !ownsOrigin(application, origin)) return undefined;
    return { application, rules: await this.rules.list(application.id) };
  }
}
