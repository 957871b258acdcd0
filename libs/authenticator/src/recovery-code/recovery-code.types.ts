/** State of a person's recovery codes, without the codes. */
export interface RecoveryCodeState {
  createdAt: Date;
  /** Number of unused codes. */
  remaining: number;
}
