import type { AskedLevel } from '../rules/access.policy';

/** A sign-in that the gate started. */
export interface GateSignIn extends AskedLevel {
  id: string;
  applicationId: string;
  /** The application's origin that was asked: it may have several. */
  origin: string;
  /** Path and query to go back to. */
  target: string;
  /** ISO 8601. */
  expiresAt: string;
}
