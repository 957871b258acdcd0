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
    fr: 'PKCE est obligatoire, et il n’y a pas de code_challenge\u202f; l’application envoie un nonce\u00a0: activez PKCE chez elle, ou choisissez «\u00a0PKCE ou nonce\u00a0» ici',
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

type Explain = (detail: string) => string;

/** Explanation and advice, by the error code that the client received. */
const EXPLANATIONS: Readonly<Record<string, Readonly<Record<Locale, Explain>>>> = {
  invalid_redirect_uri: {
    fr: (uri) =>
      `L’adresse de retour n’est pas enregistrée\u00a0: ${uri}. Ajoutez-la telle quelle à l’application, ou corrigez-la chez elle.`,
    en: (uri) =>
      `The redirect address is not registered: ${uri}. Add it to the application to the letter, or correct it there.`,
  },
  invalid_post_logout_redirect_uri: {
    fr: (uri) =>
      `L’adresse de retour après déconnexion n’est pas enregistrée\u00a0: ${uri}. Ajoutez-la telle quelle à l’application.`,
    en: (uri) =>
      `The address to return to after sign-out is not registered: ${uri}. Add it to the application to the letter.`,
  },
  invalid_client: {
    fr: (why) =>
      `L’application n’a pas prouvé son identité\u00a0: ${why}. Vérifiez son secret ou sa clé, et la méthode d’authentification.`,
    en: (why) =>
      `The application did not prove its identity: ${why}. Check its secret or key, and the authentication method.`,
  },
  unauthorized_client: {
    fr: (why) => `L’application a demandé ce qui ne convient pas à son type\u00a0: ${why}.`,
    en: (why) => `The application asked for what does not suit its kind: ${why}.`,
  },
  invalid_scope: {
    fr: (why) =>
      `L’application a demandé une portée qui n’est pas lisible, ou qu’elle n’avait pas reçue\u00a0: ${why}. Retirez-la de sa demande.`,
    en: (why) =>
      `The application asked for a scope that is not readable, or that it had not been given: ${why}. Remove it from its request.`,
  },
  scope_not_granted: {
    fr: (scope) =>
      `L’application a demandé une portée qu’elle n’a pas\u00a0: ${scope}. La connexion se fait sans elle. Ajoutez-la à l’application, ou retirez-la de sa demande.`,
    en: (scope) =>
      `The application asked for a scope that it does not have: ${scope}. The sign-in goes on without it. Add it to the application, or remove it from its request.`,
  },
  scope_switched_off: {
    fr: (scope) =>
      `L’application a demandé une portée qui ne lui donne rien\u00a0: ${scope}. La connexion se fait sans elle. Activez l’interrupteur dans les réglages de l’application, ou retirez la portée de sa demande.`,
    en: (scope) =>
      `The application asked for a scope that gives it nothing: ${scope}. The sign-in goes on without it. Turn the switch on in the application’s settings, or remove the scope from its request.`,
  },
  invalid_target: {
    fr: (why) =>
      `L’application a demandé un jeton pour une ressource qui n’est pas enregistrée\u00a0: ${why}.`,
    en: (why) => `The application asked for a token for a resource that is not registered: ${why}.`,
  },
  invalid_grant: {
    fr: (why) =>
      `Le code ou le jeton présenté n’est plus valable\u00a0: ${why}. Il a expiré, a déjà servi, ou la session a pris fin.`,
    en: (why) =>
      `The code or token that was shown is not valid any more: ${why}. It expired, was used, or the session ended.`,
  },
  invalid_request: {
    fr: (why) => `La demande de l’application n’est pas correcte\u00a0: ${why}.`,
    en: (why) => `The application’s request is not correct: ${why}.`,
  },
  access_denied: {
    fr: (why) =>
      `Une personne n’a pas eu accès à l’application\u00a0: ${why}. Vérifiez à qui elle est destinée.`,
    en: (why) => `A person was not given access to the application: ${why}. Check who it is for.`,
  },
  unmet_authentication_requirements: {
    fr: (why) => `Une personne n’a pas pu se connecter au niveau exigé\u00a0: ${why}.`,
    en: (why) => `A person could not sign in at the level that is required: ${why}.`,
  },
};

const OTHER: Readonly<Record<Locale, (code: string, detail: string) => string>> = {
  fr: (code, detail) => `La demande a été refusée (${code})\u00a0: ${detail}.`,
  en: (code, detail) => `The request was refused (${code}): ${detail}.`,
};

/** A refusal as a sentence, for those who fix the settings of the application. */
export function refusalText({ code, detail }: { code: string; detail: string }, locale: Locale): string {
  const known = Object.hasOwn(EXPLANATIONS, code) ? EXPLANATIONS[code] : undefined;
  const shown = detailText(detail, locale).replace(/\.$/u, '');
  return known ? known[locale](shown) : OTHER[locale](code, shown);
}

export type RefusalReason = keyof typeof REASONS;

/** Returns the text of a detail: that of a known reason, or the client's text unchanged. */
function detailText(detail: string, locale: Locale): string {
  return isReason(detail) ? REASONS[detail][locale] : detail;
}

function isReason(detail: string): detail is RefusalReason {
  return Object.hasOwn(REASONS, detail);
}
