import type { Type } from '@nestjs/common';
import type { LogoutHandler } from './logout-handler';

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
