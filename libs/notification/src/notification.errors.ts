import type { ErrorDefinitions } from '@portillon/kernel';

/** Errors of sending messages. */
export const notificationErrors = {
  'channel.unavailable': {
    status: 409,
    fr: {
      title: 'Mode de réception indisponible',
      detail:
        'Ce mode de réception n’est pas disponible pour vous. Choisissez l’autre, ou validez d’abord votre numéro de téléphone portable dans «\u00a0Mon compte\u00a0».',
    },
    en: {
      title: 'Channel unavailable',
      detail:
        'This way of receiving codes is not available to you. Choose the other, or first verify your mobile number under “My account”.',
    },
  },
} as const satisfies ErrorDefinitions;

declare module '@portillon/kernel' {
  interface ErrorRegistry {
    notification: typeof notificationErrors;
  }
}
