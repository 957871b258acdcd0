import { Injectable } from '@nestjs/common';
import type { CookieJar, MeansPresence, SignedOutState } from '@portillon/access';
import type { Session } from '@portillon/session';
import { ProviderDiscoveryService } from './provider/provider-discovery.service';
import { ProviderSessionService } from './sign-out/provider-session.service';
import { PscCookies } from './psc.cookies';

const SIGN_OUT_PATH = '/api/sign-in/pro-sante-connect/sign-out';

/** Describes Pro Santé Connect to the list of means and to the sign-out. */
@Injectable()
export class ProSanteConnectPresence implements MeansPresence {
  constructor(
    private readonly provider: ProviderDiscoveryService,
    private readonly sessions: ProviderSessionService,
    private readonly cookies: PscCookies,
  ) {}

  available(): boolean {
    return this.provider.available;
  }

  /** A failure here must not keep anybody signed in: our own session has ended. */
  async signOut(session: Session, answer: CookieJar, state: SignedOutState): Promise<string | undefined> {
    const token = await this.sessions.beginSignOut(session.id).catch(() => undefined);
    if (!token) return undefined;
    this.cookies.set(answer, 'signOut', token);
    return state === 'signed-out' ? SIGN_OUT_PATH : `${SIGN_OUT_PATH}?state=${state}`;
  }
}
