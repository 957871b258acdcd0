import type { ErrorDefinitions, FieldTexts } from '@portillon/kernel';

/** Errors of signing in. */
export const authErrors = {
  'credentials.rejected': {
    status: 401,
    fr: {
      title: 'Identifiants refusés',
      detail:
        'Identifiant ou mot de passe incorrect. Vérifiez-les, ou adressez-vous à l’administrateur de votre structure.',
    },
    en: {
      title: 'Credentials rejected',
      detail:
        'The user name or password is incorrect. Check them, or ask the administrator of your structure.',
    },
  },
  'sign-in.required': {
    status: 401,
    fr: {
      title: 'Connexion à recommencer',
      detail: 'Aucune connexion n’est en cours dans ce navigateur. Saisissez de nouveau vos identifiants.',
    },
    en: {
      title: 'Sign in again',
      detail: 'No sign-in is in progress in this browser. Enter your user name and password again.',
    },
  },
  'code.rejected': {
    status: 401,
    fr: {
      title: 'Code refusé',
      detail:
        'Ce code n’est pas le bon. Vérifiez la référence du message, puis saisissez le code le plus récent.',
    },
    en: {
      title: 'Code rejected',
      detail: 'This is not the right code. Check the reference of the message and enter the latest code.',
    },
  },
  'code.expired': {
    status: 401,
    fr: { title: 'Code expiré', detail: 'Ce code n’est plus valable. Demandez un nouveau code.' },
    en: { title: 'Code expired', detail: 'This code is no longer valid. Ask for a new code.' },
  },
  'code.exhausted': {
    status: 401,
    fr: {
      title: 'Code bloqué',
      detail:
        'Trop de codes erronés ont été saisis. Demandez un nouveau code\u202f; si cela ne suffit pas, adressez-vous à l’administrateur de votre structure.',
    },
    en: {
      title: 'Code blocked',
      detail:
        'Too many wrong codes were entered. Ask for a new code; if that is not enough, ask the administrator of your structure.',
    },
  },
  'resend.too-soon': {
    status: 429,
    fr: {
      title: 'Nouveau code trop tôt',
      detail: 'Un code vient d’être envoyé. Patientez le temps indiqué avant d’en demander un autre.',
    },
    en: {
      title: 'Too soon for a new code',
      detail: 'A code was sent just now. Wait for the time shown before asking for another.',
    },
  },
  'delivery.failed': {
    status: 502,
    fr: {
      title: 'Message non envoyé',
      detail:
        'Le message n’a pas pu être envoyé. Demandez un nouveau code ou choisissez un autre mode de réception.',
    },
    en: {
      title: 'Message not sent',
      detail: 'The message could not be sent. Ask for a new code or choose another way of receiving it.',
    },
  },
  'phone.missing': {
    status: 409,
    fr: {
      title: 'Numéro manquant',
      detail: 'Aucun numéro de téléphone portable n’est enregistré. Indiquez-le, puis vérifiez-le.',
    },
    en: { title: 'No number', detail: 'No mobile number is recorded. Enter one, then verify it.' },
  },
  'password.required': {
    status: 403,
    fr: {
      title: 'Mot de passe nécessaire',
      detail:
        'Seule une connexion avec mot de passe et code permet de rattacher une carte ou une e-CPS. Déconnectez-vous, puis connectez-vous ainsi.',
    },
    en: {
      title: 'Password needed',
      detail:
        'Only a sign-in with password and code may link a card or an e-CPS. Sign out, then sign in that way.',
    },
  },
  'account.not-linked': {
    status: 403,
    fr: {
      title: 'Compte non rattaché',
      detail:
        'Aucun compte n’est rattaché à cette identité. Adressez-vous à l’administrateur de votre structure.',
    },
    en: {
      title: 'No linked account',
      detail: 'No account is linked to this identity. Ask the administrator of your structure.',
    },
  },
  'account.already-linked': {
    status: 409,
    fr: {
      title: 'Rattachement impossible',
      detail:
        'Cette carte ou cette e-CPS est déjà rattachée à un autre compte, ou votre compte à une autre identité. Adressez-vous à l’administrateur de votre structure.',
    },
    en: {
      title: 'Cannot be linked',
      detail:
        'This card or e-CPS is linked to another account already, or your account to another identity. Ask the administrator of your structure.',
    },
  },
  'code.not-accepted': {
    status: 403,
    fr: {
      title: 'Code non accepté par votre structure',
      detail:
        'Votre structure n’accepte plus de code reçu par e-mail ou par SMS. Confirmez avec Pro Santé Connect ou une clé d’accès, ou déconnectez-vous, puis reconnectez-vous avec votre carte.',
    },
    en: {
      title: 'Code not accepted by your organisation',
      detail:
        'Your organisation no longer accepts a code sent by email or text message. Confirm with Pro Santé Connect or a passkey, or sign out, then sign in again with your card.',
    },
  },
  'means.unavailable': {
    status: 403,
    fr: {
      title: 'Moyen de connexion indisponible',
      detail:
        'Ce moyen de connexion ne répond pas en ce moment, ou n’est pas proposé ici. Choisissez-en un autre, ou réessayez dans quelques minutes.',
    },
    en: {
      title: 'Way of signing in unavailable',
      detail:
        'This way of signing in is not responding, or is not available here. Choose another one, or try again in a few minutes.',
    },
  },
  'identity.unverified': {
    status: 403,
    fr: {
      title: 'Identité à vérifier',
      detail:
        'Votre structure demande une identité vérifiée. Connectez-vous avec Pro Santé Connect ou votre carte s’ils sont rattachés à votre compte ; sinon, voyez en personne l’administrateur de votre structure, qui attestera votre identité.',
    },
    en: {
      title: 'Verified identity required',
      detail:
        'Your organisation requires a verified identity. If Pro Santé Connect or your card is linked to your account, sign in with it. Otherwise, see the administrator of your organisation in person to have your identity verified.',
    },
  },
  'password.wrong': {
    status: 422,
    fr: {
      title: 'Mot de passe refusé',
      detail: 'Le mot de passe actuel ne convient pas. Saisissez-le de nouveau.',
    },
    en: { title: 'Password rejected', detail: 'The current password is incorrect. Enter it again.' },
  },
  'password.confirmation-required': {
    status: 401,
    fr: {
      title: 'Mot de passe demandé',
      detail:
        'Un moyen de se connecter s’ajoute avec deux preuves récentes\u00a0: saisissez aussi votre mot de passe.',
    },
    en: {
      title: 'Password needed',
      detail: 'A way of signing in is added with two recent proofs: enter your password too.',
    },
  },
} as const satisfies ErrorDefinitions;

/** Faults of one field. */
export const authFields = {
  wrong: { fr: 'Cette valeur ne convient pas.', en: 'This value is not right.' },
} as const satisfies FieldTexts;

declare module '@portillon/kernel' {
  interface ErrorRegistry {
    auth: typeof authErrors;
  }
}
