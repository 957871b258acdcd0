import type { HelpTopic } from './help-sections';

/** Help topics by code of a refusal, or by its beginning. */
const TOPICS: Record<string, HelpTopic> = {
  credentials: 'identifiants',
  attempts: 'blocage',
  code: 'code-redemande',
  'code.rejected': 'code-refuse',
  'code.expired': 'code-expire',
  'code.exhausted': 'code-epuise',
  resend: 'code-trop-tot',
  channel: 'code-non-recu',
  delivery: 'code-non-recu',
  'sign-in': 'fin-de-connexion',
  session: 'fin-de-connexion',
  reauthentication: 'code-redemande',
  origin: 'page-depassee',
  permission: 'droits',
  'means.too-weak': 'droits',
  'means.rule': 'droits',
  'identity.unverified': 'droits',
  act: 'droits',
  administrator: 'droits',
  'not-found': 'page-depassee',
  precondition: 'page-depassee',
  request: 'page-depassee',
  headers: 'page-depassee',
  'account.state': 'page-depassee',
  import: 'page-depassee',
  'account.taken': 'saisie',
  structure: 'saisie',
  application: 'saisie',
  webhook: 'page-depassee',
  body: 'saisie',
  'media-type': 'saisie',
  validation: 'saisie',
  phone: 'telephone',
  'password.weak': 'mot-de-passe-faible',
  'password.wrong': 'identifiants',
  password: 'mot-de-passe-et-code',
  token: 'lien',
  certificate: 'carte-refusee',
  identity: 'pro-sante-connect',
  account: 'carte-refusee',
};

/**
 * The help topic that explains this refusal. A refusal without a topic is a fault of the service, not of the person.
 */
export function helpTopic(code: string): HelpTopic {
  return TOPICS[code] ?? TOPICS[code.split('.')[0]!] ?? 'service';
}
