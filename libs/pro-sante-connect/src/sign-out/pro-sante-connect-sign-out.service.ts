import { Injectable } from '@nestjs/common';
import { audited, holderOf, type SignedOutState } from '@portillon/access';
import { AuditService } from '@portillon/audit';
import type { Client } from '@portillon/http';
import { AppError } from '@portillon/kernel';
import { SessionService } from '@portillon/session';
import { ProviderSessionService } from './provider-session.service';
import { ProviderService } from '../provider/provider.service';
import { rejected } from '../provider/provider-failure';
import type { TokenClaims } from '../provider/provider-token-verifier.service';

const LOGOUT_EVENT = 'http://schemas.openid.net/event/backchannel-logout';

interface Logout {
  jti: string;
  sid: string | null;
  subject: string | null;
}

/** Exchanges the end of a session with Pro Santé Connect, in both directions. */
@Injectable()
export class ProSanteConnectSignOutService {
  constructor(
    private readonly provider: ProviderService,
    private readonly providerSessions: ProviderSessionService,
    private readonly sessions: SessionService,
    private readonly audit: AuditService,
  ) {}

  /** The address that ends the session at PSC, given once; undefined without a session, or while PSC is down. */
  async endSessionUrl(signOutToken: string | undefined, state: SignedOutState): Promise<string | undefined> {
    const idToken = await this.providerSessions.takeIdToken(signOutToken);
    return idToken && (await this.provider.endSessionUrl(idToken, state))?.href;
  }

  /**
   * Ends the sessions that a logout token of PSC names (OpenID Connect Back-Channel Logout 1.0).
   *
   * @throws AppError `identity.rejected` for a token that is not PSC's, not for us, old or seen before
   */
  async handleBackChannelLogout(token: string, client: Client): Promise<void> {
    const logout = toLogout(await this.provider.logoutClaims(token));
    // Done first, so that one of the two transactions sees a session that opens at this moment.
    if (!(await this.providerSessions.takeLogoutToken(logout.jti, logout.sid)))
      throw rejected('claims', 'logout token seen before');
    try {
      for (const id of await this.providerSessions.findNamed(logout)) await this.#end(id, logout, client);
    } catch (error) {
      await this.providerSessions.releaseLogoutToken(logout.jti).catch(() => undefined);
      throw error instanceof AppError ? error : new AppError('service.busy', { cause: error });
    }
  }

  async #end(sessionId: string, { subject, sid }: Logout, client: Client): Promise<void> {
    const session = await this.sessions.get(sessionId);
    if (!session || !(await this.sessions.end(sessionId, 'pro-sante-connect'))) return;
    const data = { by: 'pro-sante-connect', sessionId, subject, sid } as const;
    const event = { name: 'authn_logout', outcome: 'SUCCESS', means: session.means, data } as const;
    await this.audit.record(audited(client, holderOf(session), event));
  }
}

/** Checks the rules of section 2.6 that a signature does not cover. */
function toLogout(claims: TokenClaims): Logout {
  const events = claims['events'] as Record<string, unknown> | undefined;
  if (typeof events !== 'object' || events === null || typeof events[LOGOUT_EVENT] !== 'object')
    throw rejected('claims', 'no logout event');
  // An id_token must never pass for a logout token.
  if (claims['nonce'] !== undefined) throw rejected('claims', 'logout token with a nonce');
  const jti = textOf(claims.jti);
  const sid = textOf(claims['sid']);
  const subject = textOf(claims.sub);
  if (!jti || (!sid && !subject)) throw rejected('claims', 'logout token names nothing');
  return { jti, sid, subject };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' && value.length <= 255 ? value : null;
}
