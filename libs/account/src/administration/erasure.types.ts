/** Ground of an erasure; the statement that erases checks it again on the account's row. */
export type ErasureGround =
  /** Request of the signed-in person. */
  | { is: 'asked' }
  /** The account has been closed long enough: the erasure date announced to its holder has come. */
  | { is: 'kept-long-enough'; erasureDueAt: Date }
  /** Command of the operator, for the account in this version. */
  | { is: 'ordered'; version: number }
  /** Request of an administrator, which a second one confirmed in this version or which waited its 24 hours. */
  | { is: 'confirmed'; version: number; pendingId: string };
