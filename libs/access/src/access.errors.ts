import type { ErrorDefinitions } from '@portillon/kernel';

/** Errors of access control, and those that several features share. */
export const accessErrors = {
  'attempts.exceeded': {
    status: 429,
    fr: {
      title: 'Trop de tentatives',
      detail: 'Trop de tentatives ont été faites. Patientez le temps indiqué, puis réessayez.',
    },
    en: {
      title: 'Too many attempts',
      detail: 'Too many attempts were made. Wait for the time shown, then try again.',
    },
  },
  'proposal.over': {
    status: 409,
    fr: {
      title: 'Proposition close',
      detail: 'Cette proposition a déjà reçu une réponse, a été retirée ou a expiré. Rechargez la page.',
    },
    en: {
      title: 'Proposal closed',
      detail: 'This proposal has been answered already, was withdrawn or has expired. Reload the page.',
    },
  },
  'proposal.unproven': {
    status: 403,
    fr: {
      title: 'Preuve nécessaire',
      detail:
        'Cette proposition ne désigne pas votre compte avec certitude. Répondez par le lien reçu par e‑mail, ou connectez-vous avec votre carte ou Pro Santé Connect.',
    },
    en: {
      title: 'Proof required',
      detail:
        'This proposal does not mean your account for certain. Answer by the link that came by email, or sign in with your card or Pro Santé Connect.',
    },
  },
  'session.required': {
    status: 401,
    fr: {
      title: 'Connexion nécessaire',
      detail: 'Vous n’êtes pas connecté, ou votre session est terminée. Connectez-vous pour continuer.',
    },
    en: {
      title: 'Sign-in required',
      detail: 'You are not signed in, or your session has ended. Sign in to go on.',
    },
  },
  'code.required': {
    status: 401,
    fr: {
      title: 'Code demandé',
      detail:
        'Les 24 heures depuis votre dernier code sont écoulées. Demandez un nouveau code pour continuer.',
    },
    en: {
      title: 'Code required',
      detail: 'Your last code was given more than 24 hours ago. Ask for a new code to go on.',
    },
  },
  'credentials.ambiguous': {
    status: 400,
    fr: {
      title: 'Deux identités dans une demande',
      detail: 'La demande porte une session et un jeton. Envoyez l’une ou l’autre.',
    },
    en: {
      title: 'Two identities in one request',
      detail: 'The request bears a session and a token. Send one or the other.',
    },
  },
  'reauthentication.required': {
    status: 401,
    fr: {
      title: 'Confirmation nécessaire',
      detail:
        'Cette action est sensible\u00a0: confirmez votre identité avec un nouveau code, puis recommencez.',
    },
    en: {
      title: 'Confirmation required',
      detail: 'This action is sensitive: confirm who you are with a new code, then try again.',
    },
  },
  'enrolment.required': {
    status: 403,
    fr: {
      title: 'Ajoutez d’abord un moyen de connexion',
      detail:
        'Votre structure ne se contente plus d’un mot de passe et d’un code. Ajoutez une clé d’accès, une carte ou une e-CPS dans cette session, puis connectez-vous ainsi.',
    },
    en: {
      title: 'Add a way of signing in first',
      detail:
        'Your organisation no longer settles for a password and a code. Add a passkey, a card or an e-CPS in this session, then sign in that way.',
    },
  },
  'means.too-weak': {
    status: 403,
    fr: {
      title: 'Carte ou Pro Santé Connect nécessaire',
      detail:
        'L’administration demande une connexion avec votre carte ou Pro Santé Connect. Déconnectez-vous, puis connectez-vous ainsi. Si aucune carte ni e-CPS n’est rattachée à votre compte, adressez-vous à un autre administrateur.',
    },
    en: {
      title: 'Card or Pro Santé Connect required',
      detail:
        'Administrators must sign in with their card or Pro Santé Connect. Sign out, then sign in that way. If neither is linked to your account, ask another administrator.',
    },
  },
  'token.rejected': {
    status: 401,
    fr: {
      title: 'Lien refusé',
      detail: 'Ce lien a déjà servi ou n’est plus valable. Demandez-en un nouveau.',
    },
    en: {
      title: 'Link rejected',
      detail: 'This link was used already or is no longer valid. Ask for a new one.',
    },
  },
} as const satisfies ErrorDefinitions;

declare module '@portillon/kernel' {
  interface ErrorRegistry {
    access: typeof accessErrors;
  }
}
