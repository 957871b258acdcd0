import type { JWTPayload } from 'jose';

/** The signed-in person, as Portillon states it. */
export interface PortillonPerson {
  /** Never reused for another person: link accounts by it, not by name or mail. */
  id: string;
  /** The session at Portillon, which a back-channel logout names. Null where the token has none. */
  sessionId: string | null;
  /** The level of the sign-in, such as `eidas2`. */
  acr: string | null;
  /** Methods of the sign-in: words of RFC 8176. */
  amr: string[];
  /** When the level was proved; a later code does not change it. */
  authenticatedAt: Date | null;
  /** Null where the application does not receive it, like those below. */
  name: string | null;
  email: string | null;
  /** Empty where the application does not receive them. */
  groups: string[];
  /** Scopes of an access token (RFC 9068); empty for an assertion. */
  scopes: string[];
  /** All claims of the token. */
  claims: JWTPayload;
}
