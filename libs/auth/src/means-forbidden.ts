import type { Refusal } from '@portillon/access';
import { AppError, ErrorText, Locale } from '@portillon/kernel';

/** Shown only to a user who has proved a means: a rule of their structure closes it. */
const WORDS: Readonly<Record<Locale, ErrorText>> = {
  fr: {
    title: 'Moyen de connexion refusé par votre structure',
    detail:
      'Votre structure n’accepte plus ce moyen de connexion. Connectez-vous avec votre carte, Pro Santé Connect ou une clé d’accès\u202f; si vous n’en avez pas, demandez un accès de secours à votre administrateur.',
  },
  en: {
    title: 'Way of signing in not accepted by your organisation',
    detail:
      'Your organisation no longer accepts this way of signing in. Sign in with your card, Pro Santé Connect or a passkey. If you have none, ask your administrator for emergency access.',
  },
};

/** Shown only to a user who has proved a means: the rule of their structure that ends the sign-in. */
export function refusedByRule(reason: Refusal): AppError {
  return reason === 'identity-unverified' ? new AppError('identity.unverified') : meansForbidden();
}

/** The structure wants another means: not a means that is away, whose code it shares. */
export function meansForbidden(): AppError {
  const detail = 'the structure wants another means';
  return new AppError('means.unavailable', { detail, words: WORDS, data: { cause: 'rule' } });
}
