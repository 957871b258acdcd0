import type { ErrorText, Locale } from '@portillon/kernel';

export type RefusalKind = 'forbidden' | 'level-unmet' | 'lost';

/** The texts of the refusal page on an application's host. */
export const REFUSAL_TEXTS: Readonly<Record<RefusalKind, Readonly<Record<Locale, ErrorText>>>> = {
  forbidden: {
    fr: {
      title: 'Accès refusé',
      detail:
        'Votre compte ne donne pas accès à cette page. Adressez-vous à l’administrateur de votre structure si vous en avez besoin.',
    },
    en: {
      title: 'Access denied',
      detail: 'Your account does not open this page. Ask the administrator of your structure if you need it.',
    },
  },
  'level-unmet': {
    fr: {
      title: 'Connexion plus forte requise',
      detail:
        'Cette page demande une connexion plus forte que la vôtre, par exemple avec votre carte ou avec Pro Santé Connect.',
    },
    en: {
      title: 'A stronger sign-in is required',
      detail:
        'This page asks for a stronger sign-in than yours, with your card or Pro Santé Connect for instance.',
    },
  },
  lost: {
    fr: {
      title: 'La connexion n’a pas abouti',
      detail:
        'Elle a duré trop longtemps, a déjà servi, ou a commencé dans un autre navigateur. Recommencez\u202f; si cela se reproduit, vérifiez que votre navigateur accepte les cookies.',
    },
    en: {
      title: 'The sign-in did not succeed',
      detail:
        'It took too long, was used already, or began in another browser. Start again; if it happens again, check that your browser accepts cookies.',
    },
  },
};

export const START_AGAIN: Readonly<Record<Locale, string>> = { fr: 'Recommencer', en: 'Start again' };
