import {
  ACR_LEVELS,
  AcrOfMeans,
  acrOf,
  amrOfEvidence,
  isAcr,
  reachesAcr,
  SignInEvidence,
} from '@portillon/application';
import { epochSeconds } from '@portillon/kernel';
import { amrOfFactor, Confirmation, Session, SessionProof, signInProvedAt } from '@portillon/session';

/**
 * Requires a factor that a look-alike page cannot steal: a card or a passkey. It is separate from the levels, not above
 * them.
 */
const PHISHING_RESISTANT = 'phr';
const RESISTANT_FACTORS = ['sc', 'hwk', 'swk'];

/** The proof of a session, as applications read it. */
export interface Level {
  acr: string;
  amr: string[];
}

/**
 * One proof of identity. Its level and its time belong together: a new proof does not renew another one
 * (docs/guide/security.md).
 */
export interface Proof extends Level {
  /** 1970 when the time is unknown. */
  provedAt: Date;
  /** The `auth_time` that an application receives for this proof. */
  authTime: number;
}

export type ProvedSession = Pick<
  Session,
  'means' | 'acr' | 'amr' | 'proof' | 'signedInAt' | 'authenticatedAt'
>;

/** Returns the proofs of this session: the strongest first, and the latest first within a level. */
export function proofsOf(session: ProvedSession, acrOfMeans: AcrOfMeans): Proof[] {
  const { confirmations = [] } = session.proof;
  const since = confirmations.map((one) => proofOf(levelSince(session, one, acrOfMeans), new Date(one.at)));
  return [signInProof(session, acrOfMeans), ...since].sort(strongestAndLatest);
}

function strongestAndLatest(one: Proof, other: Proof): number {
  if (one.acr !== other.acr) return reachesAcr(one.acr, other.acr) ? -1 : 1;
  return other.provedAt.getTime() - one.provedAt.getTime();
}

/** The proof that an application receives when it requires none. */
export function strongestProof(session: ProvedSession, acrOfMeans: AcrOfMeans): Proof {
  return proofsOf(session, acrOfMeans)[0]!;
}

function signInProof(session: ProvedSession, acrOfMeans: AcrOfMeans): Proof {
  const { means, amr, proof, signedInAt } = session;
  const stated = session.acr ?? proof.acr;
  const { code = null, card = false, delegated = false, identity } = proof;
  const identityProven = identity !== undefined;
  const level = levelOf({ means, stated, amr, code, card, delegated, identityProven }, acrOfMeans);
  const known = proofOf(level, signInProvedAt(session));
  // The user gave the password then, though no code.
  const byPasswordAlone = means === 'password' && known.authTime === 0;
  return byPasswordAlone ? { ...known, authTime: epochSeconds(signedInAt) } : known;
}

/** The means by which a user may prove an application's level in an open session. */
export const PROVING_MEANS = ['pro-sante-connect', 'cpx', 'passkey'] as const;
export type ProvingMeans = (typeof PROVING_MEANS)[number];

/** The possible proofs of a means. A card at Pro Santé Connect, or a passkey with a proven identity, gives a higher one. */
export function levelsOfMeans(means: ProvingMeans, acrOfMeans: AcrOfMeans): Level[] {
  const least: SignInEvidence = { means, code: null, amr: means === 'passkey' ? ['hwk'] : [] };
  return [least, { ...least, card: true, identityProven: true }].map((one) => levelOf(one, acrOfMeans));
}

/** The proof of a factor: a second factor next to the password, a single factor next to any other means. */
export function levelOfFactor(
  { means }: Pick<Session, 'means'>,
  { code, acr }: Pick<SessionProof, 'code' | 'acr'>,
  acrOfMeans: AcrOfMeans,
): Level {
  const amr = amrOfFactor(code!, means);
  if (means !== 'password') return { acr: ACR_LEVELS[0], amr };
  return levelOf({ means, code: code!, amr: ['pwd', ...amr], stated: acr ?? null }, acrOfMeans);
}

function levelSince(session: ProvedSession, confirmation: Confirmation, acrOfMeans: AcrOfMeans): Level {
  const { by, amr = [], acr, identity } = confirmation;
  if (by !== 'passkey') return levelOfFactor(session, { code: by, acr }, acrOfMeans);
  return levelOf({ means: by, code: null, amr, identityProven: identity !== undefined }, acrOfMeans);
}

function levelOf(evidence: SignInEvidence, acrOfMeans: AcrOfMeans): Level {
  return { acr: acrOf(evidence, acrOfMeans), amr: amrOfEvidence(evidence) };
}

function proofOf(level: Level, provedAt: Date): Proof {
  return { ...level, provedAt, authTime: epochSeconds(provedAt) };
}

/** Whether the level reaches one of the values, as `acr_values` requires. Unknown values are never reached. */
export function reachesOneOf({ acr, amr }: Level, values: readonly string[]): boolean {
  return values.some((value) => {
    if (value === PHISHING_RESISTANT) return amr.some((word) => RESISTANT_FACTORS.includes(word));
    return isAcr(value) && reachesAcr(acr, value);
  });
}

/** Whether a means of this deployment reaches one of the values. */
export function isSupported(values: readonly string[], acrOfMeans: AcrOfMeans): boolean {
  const levels = Object.values(acrOfMeans);
  return values.some((value) => value === PHISHING_RESISTANT || levels.some((acr) => reachesAcr(acr, value)));
}

/**
 * `acr_values_supported`: the levels that this deployment gives to applications, and the others that they may request.
 */
export function acrValuesOf(acrOfMeans: AcrOfMeans): string[] {
  const levels = Object.values(acrOfMeans);
  return [...ACR_LEVELS.filter((acr) => levels.includes(acr)), PHISHING_RESISTANT];
}
