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

/** Advice for a person whose link is not valid, in a network where many were not. */
export const LINK_WORDS: Readonly<Record<Locale, ErrorText>> = {
  fr: {
    title: 'Ce lien n’est pas valable',
    detail:
      'Ce lien n’est pas ou plus valable, et beaucoup d’autres ne l’étaient pas depuis votre réseau. Demandez un nouveau lien\u00a0: il s’ouvrira aussitôt. Prévenez le service informatique de votre structure.',
  },
  en: {
    title: 'This link is not valid',
    detail:
      'This link is not or no longer valid, and many others from your network were not. Request a new link: it opens at once. Inform the IT department of your structure.',
  },
};
