/** The levels of a sign-in, weakest first; requested levels are compared in this order. */
export const ACR_LEVELS = ['eidas1', 'eidas1-mfa', 'eidas2', 'eidas3'] as const;
export type Acr = (typeof ACR_LEVELS)[number];

interface MeansLevel {
  /** The level that it proves; left out: the level that was stated. */
  acr?: Acr;
  /** Its whole `amr`; left out: what the means states, followed by `added`. */
  amr?: readonly string[];
  added?: readonly string[];
}

const CARD = ['sc', 'pin', 'mfa', 'hwk'];

/**
 * Ways of signing in that have a fixed level. A code by mail is « vérification en deux étapes », never a second factor
 * (CNIL 2025-019). A passkey counts as two factors; how the identity of its holder was proven adds none. Pro Santé
 * Connect has the level that it states (ASVS 5.0, 6.8.4).
 */
const MEANS_LEVELS: Readonly<Record<string, MeansLevel>> = {
  password: { acr: 'eidas1', amr: ['pwd'] },
  'password+mail': { acr: 'eidas1', amr: ['pwd', 'mail'] },
  'password+sms': { acr: 'eidas1-mfa', amr: ['pwd', 'sms', 'mfa'] },
  'password+otp': { acr: 'eidas1-mfa', amr: ['pwd', 'totp', 'mfa'] },
  passkey: { acr: 'eidas1-mfa', added: ['user', 'mfa'] },
  'passkey+identity': { acr: 'eidas1-mfa', added: ['user', 'mfa'] },
  'pro-sante-connect': { added: ['mfa'] },
  'pro-sante-connect+card': { amr: CARD },
  cpx: { acr: 'eidas3', amr: CARD },
};
/** @public One row for each in the trust file (`tools/trust/code/levels.mjs`). */
export const LEVELLED_MEANS = Object.keys(MEANS_LEVELS);

/** Level of each way of signing in that the deployment sets; a missing way has the stated level. */
export type AcrOfMeans = Readonly<Record<string, Acr>>;

/** Evidence of a sign-in or a later confirmation. */
export interface SignInEvidence {
  means: string;
  /** The factor of this sign-in; null when none was requested, as in a trusted device. */
  code: string | null;
  /** Words of RFC 8176: those of Pro Santé Connect, the passkey's `hwk` or `swk`, or those of a factor. */
  amr: readonly string[];
  /** The level that Pro Santé Connect stated, or that the library of the factor declares. */
  stated?: string | null;
  /** Pro Santé Connect read a card (`authMode: CARD`). */
  card?: boolean;
  /** Another provider proved the person to Pro Santé Connect. */
  delegated?: boolean;
  /** The person's identity was proven when the passkey was enrolled. */
  identityProven?: boolean;
}

/** The level assumed when nothing stronger is proved. */
const LOWEST = ACR_LEVELS[0];

/**
 * Returns the levels of a deployment: the defaults, overridden by `text` (`password+sms=eidas1`). A level above the
 * default is the operator's statement and must name its attestation (`pro-sante-connect=eidas2@REFERENCE`).
 *
 * @throws Error naming an unknown word, or one without a required reference
 */
export function acrOfMeans(text = ''): AcrOfMeans {
  const said = text.split(/[\s,]+/u).filter(Boolean);
  const proved = Object.entries(MEANS_LEVELS).flatMap(([means, { acr }]) =>
    acr ? [[means, acr] as const] : [],
  );
  return Object.fromEntries([...proved, ...said.map(meansAndLevel)]);
}

/**
 * Returns the level of the evidence. Attestations of the operator do not apply to providers that Pro Santé Connect
 * trusts.
 */
export function acrOf(evidence: SignInEvidence, levels: AcrOfMeans): Acr {
  const stated = evidence.stated && isAcr(evidence.stated) ? evidence.stated : LOWEST;
  const decided = levels[meansOf(evidence)] ?? stated;
  return evidence.delegated && reachesAcr(decided, stated) ? stated : decided;
}

/** Whether the level `acr` is enough where `asked` is required. An unknown level is never enough. */
export function reachesAcr(acr: string, asked: string): boolean {
  const wanted = ACR_LEVELS.indexOf(asked as Acr);
  return wanted >= 0 && ACR_LEVELS.indexOf(acr as Acr) >= wanted;
}

export function isAcr(text: string): text is Acr {
  return (ACR_LEVELS as readonly string[]).includes(text);
}

/** Returns the way of signing in that the evidence shows. */
function meansOf({ means, code, card, delegated, identityProven }: SignInEvidence): string {
  if (means === 'password') return code ? `password+${code}` : 'password';
  if (means === 'passkey') return identityProven ? 'passkey+identity' : 'passkey';
  if (means === 'pro-sante-connect')
    return card && !delegated ? 'pro-sante-connect+card' : 'pro-sante-connect';
  return means;
}

/** Returns the methods of the sign-in as words of RFC 8176, and our `mail` and `totp`. */
export function amrOfEvidence(evidence: SignInEvidence): string[] {
  // A means or a factor of another library states its own words.
  const { amr, added = [] } = MEANS_LEVELS[meansOf(evidence)] ?? {};
  return [...(amr ?? new Set([...evidence.amr, ...(evidence.delegated ? [] : added)]))];
}

function meansAndLevel(word: string): [string, Acr] {
  const [means, level, ...rest] = word.split('=');
  const [acr = '', reference, ...more] = (level ?? '').split('@');
  const isKnown = LEVELLED_MEANS.includes(means!) && isAcr(acr);
  if (!isKnown || rest.length + more.length > 0 || reference === '')
    throw new Error(`"${word}" is not a way of signing in with its level, such as password+sms=eidas1-mfa`);
  const proved = MEANS_LEVELS[means!]!.acr ?? LOWEST;
  if (!reference && !reachesAcr(proved, acr))
    throw new Error(`"${word}" is above ${proved}: name the attestation that allows it, ${word}@REFERENCE`);
  return [means!, acr];
}
