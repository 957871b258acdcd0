import type { Confirmation, Session, SessionFactor, SessionMeans, SessionProof } from './session.types';

type Proved = Pick<Session, 'proof' | 'authenticatedAt'>;

/** Time of the sign-in's proof in a session that an older release renewed: it is unknown. */
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

/** When the sign-in itself was proved, regardless of later confirmations. */
export function signInProvedAt({ proof, authenticatedAt }: Proved): Date {
  if (proof.signInProvedAt) return new Date(proof.signInProvedAt);
  return proof.renewedBy ? UNKNOWN : authenticatedAt;
}

/**
 * Returns the `amr` words of a factor. With a password every factor but a code by mail is a second factor (CNIL
 * 2025-019).
 */
export function amrOfFactor(factor: SessionFactor, means: SessionMeans): string[] {
  const word: string = (factor as string) === 'otp' ? 'totp' : factor;
  return means === 'password' && factor !== 'mail' ? [word, 'mfa'] : [word];
}
