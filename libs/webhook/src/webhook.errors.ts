import type { ErrorDefinitions, FieldTexts } from '@portillon/kernel';

/** Errors of webhooks. */
export const webhookErrors = {
  'webhook.too-many': {
    status: 409,
    fr: {
      title: 'Trop de webhooks',
      detail: 'Le nombre de webhooks prévu est atteint. Supprimez-en un d’abord.',
    },
    en: {
      title: 'Too many webhooks',
      detail: 'The maximum number of webhooks has been reached. Delete one first.',
    },
  },
  'webhook.disabled': {
    status: 409,
    fr: {
      title: 'Webhook désactivé',
      detail: 'Rien ne part vers un webhook désactivé. Réactivez-le d’abord.',
    },
    en: { title: 'Webhook disabled', detail: 'Nothing is sent to a disabled webhook. Enable it first.' },
  },
  'webhook.delivery-waits': {
    status: 409,
    fr: {
      title: 'Envoi déjà en cours',
      detail: 'Cet envoi attend déjà d’être essayé de nouveau\u00a0: il n’y a rien à renvoyer.',
    },
    en: {
      title: 'Delivery in progress',
      detail: 'This delivery is already waiting for its next attempt.',
    },
  },
} as const satisfies ErrorDefinitions;

/** Errors of the address of an endpoint. */
export const webhookFields = {
  'url-refused': {
    fr: 'L’adresse doit commencer par https:// et ne contenir ni nom d’utilisateur ni mot de passe.',
    en: 'The address must begin with https:// and hold neither user name nor password.',
  },
  'address-refused': {
    fr: 'Cette adresse n’est pas sur l’internet public. L’exploitant peut l’autoriser (OUTBOUND_ALLOW).',
    en: 'This address is not on the public Internet. The operator can allow it (OUTBOUND_ALLOW).',
  },
} as const satisfies FieldTexts;

declare module '@portillon/kernel' {
  interface ErrorRegistry {
    webhook: typeof webhookErrors;
  }
}
