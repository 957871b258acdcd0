import type { Means, Principal } from './session';

/** A sign-in in progress: the password was right, the code is still to come. It opens nothing by itself. */
export interface SignIn {
  id: string;
  accountId: string;
  principal: Principal;
  means: Means;
  amr: string[];
  startedAt: Date;
  expiresAt: Date;
  browserId: string | null;
}
