import type { Type } from '@nestjs/common';

/** A session that ended at Portillon. */
export interface LogoutNotice {
  /** `id` of the person. Null where the notice only names the session. */
  personId: string | null;
  /** `sessionId` of the person. Null: all their sessions ended. */
  sessionId: string | null;
}

/** Ends the application's session when the one at Portillon has ended. */
export abstract class LogoutHandler {
  /** Called for each notice, possibly several times: Portillon retries until it gets an answer. Throw to request a retry. */
  abstract loggedOut(notice: LogoutNotice): Promise<void>;
}

export const GUARD_OPTIONS = Symbol('PortillonGuardOptions');

export interface PortillonGuardOptions {
  /** The origin of Portillon, such as `https://portillon.example`: the issuer of the tokens. */
  issuer: string;
  /** Accepted audiences: the application's id at Portillon, and its resource where it accepts bearer tokens. */
  audience: string | readonly string[];
  /**
   * Accepted tokens: `assertion`, in the header `Portillon-Assertion` from a proxy; `bearer`, an access token in
   * `Authorization`. Default: both.
   */
  accept?: readonly ('assertion' | 'bearer')[];
  /** URL of the public keys. Default: `{issuer}/oidc/jwks`. */
  jwksUri?: string;
  /** Levels of `@RequireAcr`, lowest first. Default: Portillon's. */
  levels?: readonly string[];
  /** Tolerated difference of the clocks, seconds. Default: 5. Range: 0 to 60. */
  clockToleranceSeconds?: number;
  /** Route for sign-outs (OpenID Connect Back-Channel Logout 1.0). Default: none. */
  backChannelLogout?: {
    /** Path such as `portillon/logout`, to which Portillon posts: the application's `backchannelLogoutUri`. */
    path: string;
    /** A provider in any module of the application. */
    handler: Type<LogoutHandler>;
  };
}

/** @throws Error naming the option that is wrong: an empty audience, for one, would accept every token */
export function requireUsable({ issuer, audience, clockToleranceSeconds = 0 }: PortillonGuardOptions): void {
  const audiences = [audience].flat();
  if (audiences.length === 0 || audiences.some((one) => !one))
    throw new Error('audience must name the application');
  if (!URL.canParse(issuer) || new URL(issuer).origin !== issuer)
    throw new Error('issuer must be an origin, such as https://portillon.example');
  if (!(clockToleranceSeconds >= 0 && clockToleranceSeconds <= 60))
    throw new Error('clockToleranceSeconds must be from 0 to 60');
}
