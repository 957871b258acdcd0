/** Until when a certificate or a revocation list is good. */
export interface Expiry {
  /** The setting that names its file. */
  setting: string;
  /** Whose it is. */
  subject: string;
  /** Null: there is none that is good now. */
  at: Date | null;
  /** It is to be replaced this long before, in milliseconds. */
  marginMs: number;
}
