/** Why a person is erased; asked of the account's row again in the statement that erases. */
export type ErasureGround =
  /** The person asked while signed in. */
  | { is: 'asked' }
  /** The account has been closed long enough: the erasure date announced to its holder has come. */
  | { is: 'kept-long-enough'; erasureDueAt: Date }
  /** By the operator's command line, as the account was read. */
  | { is: 'ordered'; version: number }
  /** An administrator's request, which a second one saw in this version or which waited its 24 hours. */
  | { is: 'confirmed'; version: number; pendingId: string };
