import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock, HOUR, addMilliseconds } from '@portillon/kernel';
import { LogoutTokenRepository } from './logout-token.repository';

/** Longer than a logout token may be old, and than a sign-in may last. */
export const KEPT_MS = HOUR;

/** The logout tokens of PSC (OpenID Connect Back-Channel Logout 1.0): each is obeyed once. */
@Injectable()
export class LogoutTokenService {
  constructor(
    private readonly logoutTokens: LogoutTokenRepository,
    private readonly clock: Clock,
  ) {}

  /** Takes the token, committed at once: false when it was taken before. */
  take(jti: string, sid: string | null): Promise<boolean> {
    const expiresAt = addMilliseconds(this.clock.now(), KEPT_MS);
    return this.logoutTokens.insert({ id: keyOf(jti), sid, expiresAt });
  }

  /** Releases the token, because its sign-out failed: PSC may send it again. */
  refund(jti: string): Promise<void> {
    return this.logoutTokens.remove(keyOf(jti));
  }

  /** Whether PSC itself has ended this session meanwhile. */
  async hasEnded(sid: string | null): Promise<boolean> {
    return sid !== null && (await this.logoutTokens.namesSession(sid));
  }

  purge(batch: number): Promise<number> {
    return this.logoutTokens.deleteExpired(this.clock.now(), batch);
  }
}

/** Of one length, whatever the id is. */
function keyOf(jti: string): string {
  return createHash('sha256').update(jti).digest('hex');
}
