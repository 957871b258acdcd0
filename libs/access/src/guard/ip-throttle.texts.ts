import type { ErrorText, Locale } from '@portillon/kernel';

/** Advice for a person whose network is delayed after many failed tries. */
export const THROTTLE_WORDS: Readonly<Record<Locale, ErrorText>> = {
  fr: {
    title: 'Trop d’échecs depuis votre réseau',
    detail:
      'Beaucoup de tentatives ont échoué depuis votre réseau\u00a0: chacun y essaie à son tour. Patientez le temps indiqué, ou connectez-vous sur un poste où vous vous êtes déjà connecté, et prévenez le service informatique de votre structure.',
  },
  en: {
    title: 'Too many failures from your network',
    detail:
      'Many attempts failed from your network: everybody there tries in turn. Wait for the time shown, or sign in on a computer where you have signed in before, and inform the IT department of your structure.',
  },
};
