/** The recovery codes of a person, without the codes. */
export interface RecoveryCodeState {
  createdAt: Date;
  /** How many were not used yet. */
  remaining: number;
}
