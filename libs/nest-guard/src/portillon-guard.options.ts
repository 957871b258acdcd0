import type { Type } from '@nestjs/common';
import type { LogoutHandler } from './logout-handler';

export const GUARD_OPTIONS = Symbol('PortillonGuardOptions');

export interface PortillonGuardOptions {
  /** The origin of Portillon, such as `https://portillon.example`: the issuer of the tokens. */
  issuer: string;
  /** Whom the tokens are for: the application's id at Portillon, and the resource it serves where it takes bearer tokens. */
  audience: string | readonly string[];
  /**
   * What is accepted: `assertion`, the header `Portillon-Assertion` that a proxy brings; `bearer`, an access token in
   * `Authorization`. Both by default.
   */
  accept?: readonly ('assertion' | 'bearer')[];
  /** Where the public keys are; `{issuer}/oidc/jwks` by default. */
  jwksUri?: string;
  /** The levels of `@RequireAcr`, lowest first; Portillon's by default. */
  levels?: readonly string[];
  /** How far the clocks may be apart, 0 to 60; 5. */
  clockToleranceSeconds?: number;
  /** Receives sign-outs (OpenID Connect Back-Channel Logout 1.0); without it no such route is opened. */
  backChannelLogout?: {
    /** Where Portillon posts them, such as `portillon/logout`: the application's `backchannelLogoutUri`. */
    path: string;
    /** A provider of the application, in whichever of its modules. */
    handler: Type<LogoutHandler>;
  };
}
