import type { JournalWords } from '@portillon/audit';

/** What the journal says of webhooks. */
export const webhooksJournal = {
  events: [
    'webhook_created',
    'webhook_updated',
    'webhook_secret_replaced',
    'webhook_deleted',
    'webhook_tested',
    'webhook_replayed',
    'webhook_disabled',
  ],
  reasons: ['gone'],
  data: ['webhook', 'delivery', 'url'],
  words: {
    fields: ['name', 'url', 'events', 'status'],
  },
} as const satisfies JournalWords;

declare module '@portillon/audit' {
  interface JournalVocabulary {
    administrationWebhooks: typeof webhooksJournal;
  }
}
