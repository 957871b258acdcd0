import type { Locale } from '@portillon/kernel';
import { detailText } from './refusal.reasons';

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
