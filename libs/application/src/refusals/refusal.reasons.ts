import type { Locale } from '@portillon/kernel';

/** Reasons that are not a text of the client, used in the sentence of the error code. */
const REASONS = {
  'secret-wrong': { fr: 'le secret n’est pas le sien', en: 'the secret is not its own' },
  'method-other': {
    fr: 'ce n’est pas la méthode d’authentification qui est enregistrée',
    en: 'it is not the authentication method that is registered',
  },
  'proof-wrong': {
    fr: 'la preuve de sa clé ou de son certificat n’est pas recevable',
    en: 'the proof of its key or certificate is not acceptable',
  },
  'pkce-missing': {
    fr: 'PKCE est obligatoire, et il n’y a pas de code_challenge',
    en: 'PKCE is required, and there is no code_challenge',
  },
  'pkce-missing-nonce-sent': {
    fr: 'PKCE est obligatoire, et il n’y a pas de code_challenge\u00a0; l’application envoie un nonce\u00a0: activez PKCE chez elle, ou choisissez «\u00a0PKCE ou nonce\u00a0» ici',
    en: 'PKCE is required, and there is no code_challenge; the application sends a nonce: turn PKCE on there, or choose “PKCE or a nonce” (nonce) here',
  },
  'pkce-or-nonce-missing': {
    fr: 'PKCE ou un nonce est obligatoire, et il n’y a ni code_challenge ni nonce',
    en: 'PKCE or a nonce is required, and there is neither code_challenge nor nonce',
  },
  'pkce-method': {
    fr: 'PKCE n’est accepté qu’avec code_challenge_method=S256',
    en: 'PKCE is accepted with code_challenge_method=S256 only',
  },
  'pkce-wrong': {
    fr: 'code_verifier manque, ou ne répond pas à code_challenge',
    en: 'code_verifier is missing, or does not answer code_challenge',
  },
  'already-used': { fr: 'il a déjà servi', en: 'it was already used' },
  'too-late': { fr: 'il a expiré', en: 'it expired' },
  'not-found': { fr: 'il n’est pas ou plus connu', en: 'it is not, or no longer, known' },
  'client-other': {
    fr: 'il a été remis à une autre application',
    en: 'it was given to another application',
  },
  'scope-unknown': {
    fr: 'une portée que ce service ne connaît pas',
    en: 'a scope that this service does not know',
  },
  'claimNames-off': {
    fr: 'profile, dont «\u00a0Transmettre le nom\u00a0» (claimNames) est désactivé',
    en: 'profile, whose “Share the name” (claimNames) is off',
  },
  'claimMail-off': {
    fr: 'email, dont «\u00a0Transmettre l’adresse e-mail\u00a0» (claimMail) est désactivé',
    en: 'email, whose “Share the email address” (claimMail) is off',
  },
  'claimGroups-off': {
    fr: 'groups, dont «\u00a0Transmettre les rôles et la structure\u00a0» (claimGroups) est désactivé',
    en: 'groups, whose “Share the roles and the organisation” (claimGroups) is off',
  },
  'redirect-uri-other': {
    fr: 'redirect_uri n’est pas celle de la demande de connexion',
    en: 'redirect_uri is not that of the sign-in request',
  },
  'audience-other': {
    fr: 'l’application n’est pas destinée à cette personne',
    en: 'the application is not for this person',
  },
  'level-unknown': {
    fr: 'aucune façon de se connecter ici n’atteint le niveau demandé',
    en: 'no way of signing in here reaches the level asked for',
  },
  'level-unmet': {
    fr: 'sa façon de se connecter n’atteint pas le niveau demandé',
    en: 'their way of signing in does not reach the level asked for',
  },
} as const satisfies Readonly<Record<string, Readonly<Record<Locale, string>>>>;

export type RefusalReason = keyof typeof REASONS;

/** Returns the text of a detail: that of a known reason, or the client's text unchanged. */
export function detailText(detail: string, locale: Locale): string {
  return isReason(detail) ? REASONS[detail][locale] : detail;
}

function isReason(detail: string): detail is RefusalReason {
  return Object.hasOwn(REASONS, detail);
}
