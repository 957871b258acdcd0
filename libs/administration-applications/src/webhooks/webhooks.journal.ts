import type { JournalDeclaration } from '@portillon/audit';

/** Journal events of webhooks. */
export const webhooksJournal = {
  events: {
    webhook_created: {
      subject: 'webhooks',
      siem: 'entity.create',
      fr: 'Webhook créé',
      en: 'Webhook created',
    },
    webhook_updated: {
      subject: 'webhooks',
      siem: 'entity.update',
      fr: 'Webhook modifié',
      en: 'Webhook changed',
    },
    webhook_secret_replaced: {
      subject: 'webhooks',
      siem: 'entity.update',
      fr: 'Secret de webhook remplacé',
      en: 'Webhook secret replaced',
    },
    webhook_deleted: {
      subject: 'webhooks',
      siem: 'entity.delete',
      fr: 'Webhook supprimé',
      en: 'Webhook deleted',
    },
    webhook_tested: {
      subject: 'webhooks',
      siem: 'entity.read',
      fr: 'Webhook essayé',
      en: 'Webhook tried out',
    },
    webhook_replayed: {
      subject: 'webhooks',
      siem: 'entity.update',
      fr: 'Envoi d’un webhook relancé',
      en: 'Webhook delivery sent again',
    },
    webhook_disabled: {
      subject: 'webhooks',
      siem: 'entity.update',
      fr: 'Webhook désactivé par son destinataire',
      en: 'Webhook disabled by its receiver',
    },
  },
  reasons: {
    gone: {
      fr: 'Le destinataire a répondu qu’il n’existe plus (410).',
      en: 'The receiver answered that it is gone (410).',
    },
  },
  data: {
    webhook: { fr: 'Numéro du webhook', en: 'Number of the webhook' },
    delivery: { fr: 'Numéro de l’envoi', en: 'Number of the delivery' },
    url: { fr: 'Adresse', en: 'Address' },
  },
  words: {
    fields: {
      url: { fr: 'Adresse', en: 'Address' },
      events: { fr: 'Événements', en: 'Events' },
      status: { fr: 'État', en: 'State' },
    },
  },
} as const satisfies JournalDeclaration;

declare module '@portillon/audit' {
  interface JournalVocabulary {
    administrationWebhooks: typeof webhooksJournal;
  }
}
