import type { JWTPayload } from 'jose';

/** Who is there, as Portillon vouches for it. */
export interface PortillonPerson {
  /** Never given to another person: link accounts by it, not by name or mail. */
  id: string;
  /** The session at Portillon, which a back-channel logout names. Null where the token has none. */
  sessionId: string | null;
  /** The level of the sign-in, such as `eidas2`. */
  acr: string | null;
  /** How the person signed in: words of RFC 8176. */
  amr: string[];
  /** When the level was proved: a code given since has not moved it. */
  authenticatedAt: Date | null;
  /** Null where the application does not receive it, as are those below. */
  name: string | null;
  email: string | null;
  /** Empty where the application does not receive them. */
  groups: string[];
  /** Of an access token (RFC 9068); empty of an assertion. */
  scopes: string[];
  /** All that the token says. */
  claims: JWTPayload;
}
