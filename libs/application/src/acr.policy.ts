/** The levels of a sign-in, the weakest first; what an application asks for is compared by this order. */
export const ACR_LEVELS = ['eidas1', 'eidas1-mfa', 'eidas2', 'eidas3'] as const;
export type Acr = (typeof ACR_LEVELS)[number];

/** The ways of signing in that have a level of their own. */
export const SIGN_IN_WAYS = [
  'password',
  'password+mail',
  'password+sms',
  'password+otp',
  'passkey',
  'passkey+identity',
  'pro-sante-connect',
  'pro-sante-connect+card',
  'cpx',
] as const;
export type SignInWay = (typeof SIGN_IN_WAYS)[number];

export type AcrOfMeans = Readonly<Record<SignInWay, Acr>>;

/** What was proved at a sign-in. */
export interface SignInEvidence {
  means: 'password' | 'passkey' | 'pro-sante-connect' | 'cpx';
  /**
   * How the code came that was accepted at this sign-in; null when none was, as in a browser that gave one within 24 h.
   */
  code: 'mail' | 'sms' | 'otp' | null;
  /** Words of RFC 8176, as Pro Santé Connect said them, or the passkey's `hwk` or `swk`. */
  amr: readonly string[];
  /** Pro Santé Connect read a card (`authMode: CARD`). */
  card?: boolean;
  /** The person's identity was proven when the passkey was enrolled. */
  identityProven?: boolean;
}

/** A code by mail is « vérification en deux étapes », never a second factor (CNIL 2025-019). */
const DEFAULTS: AcrOfMeans = {
  password: 'eidas1',
  'password+mail': 'eidas1',
  'password+sms': 'eidas1-mfa',
  'password+otp': 'eidas1-mfa',
  passkey: 'eidas1-mfa',
  'passkey+identity': 'eidas2',
  'pro-sante-connect': 'eidas2',
  'pro-sante-connect+card': 'eidas3',
  cpx: 'eidas3',
};

/**
 * The levels of a deployment: the defaults, and over them what `text` says (`password+sms=eidas1 cpx=eidas2`).
 * @throws Error naming the word that is no way of signing in with its level.
 */
export function acrOfMeans(text = ''): AcrOfMeans {
  const said = text.split(/[\s,]+/u).filter(Boolean);
  return { ...DEFAULTS, ...Object.fromEntries(said.map(wayAndLevel)) };
}

/** Whether a sign-in of level `acr` is enough where `asked` is asked for. A level that is not known reaches nothing. */
export function reaches(acr: string, asked: string): boolean {
  const wanted = ACR_LEVELS.indexOf(asked as Acr);
  return wanted >= 0 && ACR_LEVELS.indexOf(acr as Acr) >= wanted;
}

export function isAcr(text: string): text is Acr {
  return (ACR_LEVELS as readonly string[]).includes(text);
}

/** The way of signing in that the evidence shows. */
export function wayOf({ means, code, card, identityProven }: SignInEvidence): SignInWay {
  if (means === 'password') return code ? `password+${code}` : 'password';
  if (means === 'passkey') return identityProven ? 'passkey+identity' : 'passkey';
  if (means === 'pro-sante-connect') return card ? 'pro-sante-connect+card' : 'pro-sante-connect';
  return means;
}

/** How the person signed in, in the words of RFC 8176. */
export function amrOf(evidence: SignInEvidence): string[] {
  const { code, amr } = evidence;
  switch (wayOf(evidence)) {
    case 'password':
      return ['pwd'];
    case 'password+mail':
      return ['pwd', 'mail'];
    case 'password+sms':
    case 'password+otp':
      return ['pwd', code!, 'mfa'];
    case 'passkey':
    case 'passkey+identity':
      return [...new Set([...amr, 'user', 'mfa'])];
    case 'pro-sante-connect':
      return [...new Set([...amr, 'mfa'])];
    default:
      return ['sc', 'pin', 'mfa', 'hwk'];
  }
}

function wayAndLevel(word: string): [SignInWay, Acr] {
  const [way, level, ...rest] = word.split('=');
  const isKnown = (SIGN_IN_WAYS as readonly string[]).includes(way!) && isAcr(level ?? '');
  if (isKnown && rest.length === 0) return [way as SignInWay, level as Acr];
  throw new Error(`"${word}" is not a way of signing in with its level, such as password+sms=eidas1-mfa`);
}
