import type { ErrorText, Locale } from '@portillon/kernel';

/** Advice for a user whose network has requested too many links. */
export const RESET_LIMIT_WORDS: Readonly<Record<Locale, ErrorText>> = {
  fr: {
    title: 'Trop de demandes de mot de passe',
    detail:
      'Trop de nouveaux mots de passe ont été demandés depuis votre réseau sans que le lien soit utilisé. Patientez le temps indiqué, ou connectez-vous avec votre carte ou Pro Santé Connect.',
  },
  en: {
    title: 'Too many requests for a password',
    detail:
      'Too many new passwords were asked for from your network without their link being used. Wait for the time shown, or sign in with your card or Pro Santé Connect.',
  },
};
