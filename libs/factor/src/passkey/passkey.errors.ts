import type { ErrorDefinitions } from '@portillon/kernel';

/** Errors of passkeys. */
export const passkeyErrors = {
  'passkey.unknown': {
    status: 401,
    fr: {
      title: 'Clé d’accès inconnue',
      detail: 'Cette clé d’accès n’est plus reconnue, supprimez-la aussi de votre appareil.',
    },
    en: {
      title: 'Unknown passkey',
      detail: 'This passkey is no longer recognised: delete it from your device too.',
    },
  },
  'passkey.rejected': {
    status: 401,
    fr: {
      title: 'Clé d’accès refusée',
      detail: 'Cette clé d’accès n’a pas pu être vérifiée. Recommencez, ou choisissez un autre moyen.',
    },
    en: {
      title: 'Passkey rejected',
      detail: 'This passkey could not be verified. Try again, or choose another way.',
    },
  },
  'passkey.shared': {
    status: 422,
    fr: {
      title: 'Poste partagé',
      detail:
        'Plusieurs personnes utilisent ce poste\u00a0: une clé d’accès gardée dans l’ordinateur serait à leur portée. Recommencez avec votre téléphone ou une clé de sécurité.',
    },
    en: {
      title: 'Shared workstation',
      detail:
        'Several people use this workstation: a passkey kept in the computer would be within their reach. Try again with your phone or a security key.',
    },
  },
  'passkey.too-many': {
    status: 409,
    fr: {
      title: 'Trop de clés d’accès',
      detail: 'Dix clés d’accès au plus ouvrent un compte. Supprimez-en une que vous n’utilisez plus.',
    },
    en: {
      title: 'Too many passkeys',
      detail: 'An account can have up to ten passkeys. Delete one that you no longer use.',
    },
  },
  'passkey.not-accepted': {
    status: 422,
    fr: {
      title: 'Clé d’accès non acceptée par votre structure',
      detail:
        'Votre structure n’accepte pas les clés d’accès synchronisées entre plusieurs appareils. Ajoutez une clé de sécurité, ou une clé liée à un seul appareil.',
    },
    en: {
      title: 'Passkey not accepted by your organisation',
      detail:
        'Your organisation does not accept passkeys that are synchronised between devices. Add a security key, or a passkey bound to one device.',
    },
  },
} as const satisfies ErrorDefinitions;

declare module '@portillon/kernel' {
  interface ErrorRegistry {
    passkey: typeof passkeyErrors;
  }
}
