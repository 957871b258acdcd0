import type { Principal, SessionMeans } from '../session/session.types';

/** A sign-in in progress: the password was right, the code has not been entered. It gives no access. */
export interface PendingSignIn {
  id: string;
  accountId: string;
  principal: Principal;
  means: SessionMeans;
  amr: string[];
  startedAt: Date;
  expiresAt: Date;
  browserId: string | null;
}

export interface NewPendingSignIn {
  principal: Principal;
  means: SessionMeans;
  /** Words of RFC 8176. */
  amr: string[];
  browserId: string | null;
}
