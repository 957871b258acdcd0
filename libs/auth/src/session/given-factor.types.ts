import type { AuditFacts } from '@portillon/audit';
import type { SessionProof } from '@portillon/session';

/** A second factor that was right: a code that we sent, one of an authenticator app, or a recovery code. */
export interface GivenFactor {
  /** The data that the session stores. */
  proof: SessionProof;
  /** The data that the journal stores. */
  facts: Pick<AuditFacts, 'channel' | 'data'>;
}
