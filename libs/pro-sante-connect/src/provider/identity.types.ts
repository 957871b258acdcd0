import type { SessionActivity } from '@portillon/session';

/** The claims of PSC about a user; every member may be missing or of another type. */
export type PersonClaims = Readonly<Record<string, unknown>>;

export interface Activity extends SessionActivity {
  /** Its place in what PSC stated: `0.1` is the second activity of the first exercice. */
  id: string;
}

/** A user whose identity PSC has proved. */
export interface Identity {
  nationalId: string;
  /** As PSC states them; null: it does not. */
  names: { givenName: string | null; familyName: string | null };
  subject: string;
  sid: string | null;
  acr: string;
  amr: string[];
  /** It read a card (`authMode`), not an e-CPS. */
  card: boolean;
  /** Another provider, such as a hospital's, proved the user to PSC. */
  delegated: boolean;
  /** `auth_time`, in seconds since 1970: when the user last authenticated at PSC; null when PSC omits it. */
  authTime: number | null;
  idToken: string;
  activities: Activity[];
}
