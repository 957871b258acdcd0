import type { Confirmation, Session, SessionFactor, SessionMeans, SessionProof } from './session.types';

type Proved = Pick<Session, 'proof' | 'authenticatedAt'>;

/** Of a session that a release without confirmations renewed: when its sign-in was proved is not known any more. */
const UNKNOWN = new Date(0);

/** The proof of a session after its owner has confirmed who they are; the time of the sign-in is kept. */
export function confirmed(session: Proved, confirmation: Confirmation): SessionProof {
  const { proof } = session;
  const others = (proof.confirmations ?? []).filter(({ by }) => by !== confirmation.by);
  return {
    ...proof,
    renewedBy: confirmation.by === 'passkey' ? 'passkey' : 'code',
    signInProvedAt: signInProvedAt(session).toISOString(),
    confirmations: [...others, confirmation],
  };
}

/** When the sign-in itself was proved, whatever was confirmed since. */
export function signInProvedAt({ proof, authenticatedAt }: Proved): Date {
  if (proof.signInProvedAt) return new Date(proof.signInProvedAt);
  return proof.renewedBy ? UNKNOWN : authenticatedAt;
}

/** A factor in the words of `amr`. Beside a password all but a code by mail are a second factor (CNIL 2025-019). */
export function amrOfFactor(factor: SessionFactor, means: SessionMeans): string[] {
  const word: string = (factor as string) === 'otp' ? 'totp' : factor;
  return means === 'password' && factor !== 'mail' ? [word, 'mfa'] : [word];
}
