import type { HelpTopic } from './help-sections';

/** Help topics by code of a refusal, or by its beginning: where help says more than the refusal itself. */
const TOPICS: Record<string, HelpTopic> = {
  credentials: 'identifiants',
  attempts: 'blocage',
  code: 'code-redemande',
  'code.rejected': 'code-refuse',
  'code.expired': 'code-expire',
  'code.exhausted': 'code-epuise',
  resend: 'code-trop-tot',
  channel: 'code-non-recu',
  'sign-in': 'fin-de-connexion',
  session: 'fin-de-connexion',
  reauthentication: 'code-redemande',
  permission: 'droits',
  'means.too-weak': 'droits',
  'means.rule': 'droits',
  'identity.unverified': 'droits',
  act: 'droits',
  administrator: 'droits',
  phone: 'telephone',
  'password.weak': 'mot-de-passe-faible',
  'password.wrong': 'identifiants',
  password: 'mot-de-passe-et-code',
  token: 'lien',
  certificate: 'carte-refusee',
  identity: 'pro-sante-connect',
  passkey: 'cle-d-acces',
  totp: 'application',
  'account.not-linked': 'carte-refusee',
  'account.already-linked': 'carte-refusee',
};

/** The help topic that says more about this refusal, if any. A fault of the page has no code. */
export function helpTopic(code = ''): HelpTopic | undefined {
  return TOPICS[code] ?? TOPICS[code.split('.')[0]!];
}
