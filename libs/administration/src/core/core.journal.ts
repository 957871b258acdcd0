import type { JournalWords } from '@portillon/audit';

/** What the journal says of every act of an administrator, and of what is refused. */
export const coreJournal = {
  events: ['account_read', 'journal_read', 'sensitive_read'],
  reasons: ['role', 'other-structure', 'national-administrator', 'machine'],
  data: ['account', 'actorId', 'structure', 'structureId', 'names', 'from', 'to'],
  words: {
    act: [
      'accounts.read',
      'accounts.create',
      'accounts.edit',
      'accounts.unlock',
      'accounts.deactivate',
      'accounts.reactivate',
      'accounts.reset-factors',
      'accounts.revoke-sessions',
      'accounts.resend-invitation',
      'accounts.link',
      'accounts.prove-identity',
      'accounts.erase',
      'accounts.export-data',
      'accounts.emergency-access',
      'accounts.import',
      'accounts.export',
      'applications.read',
      'applications.create',
      'applications.edit',
      'structures.read',
      'structures.create',
      'structures.edit',
      'policies.read',
      'policies.edit',
      'events.read',
      'events.export',
      'events.prove',
      'reports.read',
      'service.read',
      'service.edit',
      'webhooks.read',
      'webhooks.edit',
    ],
    what: ['accounts', 'events'],
    format: ['csv', 'jsonl'],
    outcome: ['SUCCESS', 'FAILURE'],
    by: ['command-line'],
  },
} as const satisfies JournalWords;

declare module '@portillon/audit' {
  interface JournalVocabulary {
    administration: typeof coreJournal;
  }
}
