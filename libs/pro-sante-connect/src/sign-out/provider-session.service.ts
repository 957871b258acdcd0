import { Injectable } from '@nestjs/common';
import {
  addMilliseconds,
  Clock,
  HOUR,
  issueToken,
  Keyring,
  MINUTE,
  parseToken,
  Random,
  secretMatches,
} from '@portillon/kernel';
import type { Session } from '@portillon/session';
import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { Identity } from '../provider/identity';
import {
  NamedSessions,
  ProviderSessionRepository,
  LogoutTokenRepository,
} from './provider-session.repository';

const SEALED = 'psc-id-token';

/** As long as the page that offers it is likely to be read. */
const REFUSED_MS = 15 * MINUTE;

/** Longer than a logout token may be old, and than a sign-in may last. */
export const LOGOUT_TOKEN_KEPT_MS = HOUR;

/**
 * Maps PSC's session to ours, so that each side can end the other's, and records the logout tokens of PSC (OpenID Connect
 * Back-Channel Logout 1.0): each is obeyed once.
 */
@Injectable()
export class ProviderSessionService {
  constructor(
    private readonly providerSessions: ProviderSessionRepository,
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly keyring: Keyring,
    private readonly logoutTokens: LogoutTokenRepository,
  ) {}

  record({ id, expiresAt }: Session, identity: Identity, tx: EntityManager): Promise<void> {
    const { subject, sid } = identity;
    const idTokenSealed = this.#sealed(identity);
    const kept = { sessionId: id, subject, sid, idTokenSealed, signOutDigest: null, expiresAt };
    return this.providerSessions.insert(kept, tx);
  }

  /** Like {@link record}, for a session that may have been at PSC before. */
  async replace(session: Session, identity: Identity, tx: EntityManager): Promise<void> {
    await this.providerSessions.remove(session.id, tx);
    await this.record(session, identity, tx);
  }

  /** Issues a token that ends the PSC session of a user who was proved but may not sign in. */
  async recordRefused(identity: Identity): Promise<string> {
    const token = issueToken(this.random);
    await this.providerSessions.insert({
      sessionId: token.id,
      subject: identity.subject,
      // No session of ours for PSC to end.
      sid: null,
      idTokenSealed: this.#sealed(identity),
      signOutDigest: token.secretDigest,
      expiresAt: addMilliseconds(this.clock.now(), REFUSED_MS),
    });
    return token.value;
  }

  /** Issues a token for one sign-out at PSC by the browser; undefined when the session did not come from PSC. */
  async beginSignOut(sessionId: string): Promise<string | undefined> {
    const { value, secretDigest } = issueToken(this.random, sessionId);
    return (await this.providerSessions.beginSignOut(sessionId, secretDigest)) ? value : undefined;
  }

  /** Returns the id_token that identifies the user to sign out at PSC. Works once: the token is then deleted. */
  async takeIdToken(signOutToken: string | undefined): Promise<string | undefined> {
    const parsed = parseToken(signOutToken);
    const kept = parsed && (await this.providerSessions.find(parsed.id));
    if (!kept?.signOutDigest || !secretMatches(parsed!.secret, kept.signOutDigest)) return undefined;
    const taken = await this.providerSessions.removeSignedOut(kept.sessionId, kept.signOutDigest);
    return taken ? this.keyring.open(SEALED, kept.idTokenSealed) : undefined;
  }

  /** The ids of our sessions that PSC means. */
  findNamed(named: NamedSessions): Promise<string[]> {
    return this.providerSessions.findNamed(named);
  }

  purge(batch: number): Promise<number> {
    return this.providerSessions.deleteExpired(this.clock.now(), batch);
  }

  /** Takes the token, committed at once: false when it was taken before. */
  takeLogoutToken(jti: string, sid: string | null): Promise<boolean> {
    const expiresAt = addMilliseconds(this.clock.now(), LOGOUT_TOKEN_KEPT_MS);
    return this.logoutTokens.insert({ id: keyOf(jti), sid, expiresAt });
  }

  /** Releases the token, because its sign-out failed: PSC may send it again. */
  releaseLogoutToken(jti: string): Promise<void> {
    return this.logoutTokens.remove(keyOf(jti));
  }

  /** Whether PSC itself has ended this session meanwhile. */
  async hasEnded(sid: string | null): Promise<boolean> {
    return sid !== null && (await this.logoutTokens.namesSession(sid));
  }

  purgeLogoutTokens(batch: number): Promise<number> {
    return this.logoutTokens.deleteExpired(this.clock.now(), batch);
  }

  #sealed({ idToken }: Identity): string {
    return this.keyring.seal(SEALED, idToken, this.random);
  }
}

/** Of one length, whatever the id is. */
function keyOf(jti: string): string {
  return createHash('sha256').update(jti).digest('hex');
}
