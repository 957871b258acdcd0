import {
  Acr,
  ACR_LEVELS,
  AcrOfMeans,
  amrOf,
  isAcr,
  reaches,
  SignInEvidence,
  wayOf,
} from '@portillon/application';
import { epochSeconds } from '@portillon/kernel';
import type { Session } from '@portillon/session';

/** Asks for a factor that no look-alike page can take: a card, a passkey. Beside the levels, not above them. */
const PHISHING_RESISTANT = 'phr';
const RESISTANT_FACTORS = ['sc', 'hwk', 'swk'];

/** What a client can ask for by `acr_values`. */
export const ACR_VALUES: readonly string[] = [...ACR_LEVELS, PHISHING_RESISTANT];

/** How a session was proved, in the words that applications read. */
export interface Level {
  acr: Acr;
  amr: string[];
}

export function levelOf(session: Pick<Session, 'means' | 'proof' | 'amr'>, acrOfMeans: AcrOfMeans): Level {
  const { means, proof, amr } = session;
  const evidence: SignInEvidence = {
    means,
    code: proof.code ?? null,
    amr,
    card: proof.card ?? false,
    identityProven: proof.identity !== undefined,
  };
  return { acr: acrOfMeans[wayOf(evidence)], amr: amrOf(evidence) };
}

/** `auth_time` of an ID token. A session whose proof has no known time was still signed in at one. */
export function authTimeOf({ authenticatedAt, signedInAt }: Session): number {
  return epochSeconds(authenticatedAt.getTime() > 0 ? authenticatedAt : signedInAt);
}

/** Any one of the values is enough, as `acr_values` says it; values that are not known reach nothing. */
export function reachesOneOf({ acr, amr }: Level, values: readonly string[]): boolean {
  return values.some((value) => {
    if (value === PHISHING_RESISTANT) return amr.some((word) => RESISTANT_FACTORS.includes(word));
    return isAcr(value) && reaches(acr, value);
  });
}

export function isSupported(values: readonly string[]): boolean {
  return values.some((value) => ACR_VALUES.includes(value));
}
