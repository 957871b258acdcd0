import type { JournalWords } from '@portillon/audit';

/** What the journal says of accounts. */
export const accountsJournal = {
  events: [
    'user_created',
    'user_updated',
    'authn_factors_reset',
    'authn_unlock',
    'authz_admin',
    'identity_linked',
    'identity_asked',
    'privilege_permissions_changed',
    'user_deleted',
    'user_reactivated',
    'user_invitation_resent',
    'email_change_requested',
    'email_change_confirmed',
    'email_change_cancelled',
    'email_change_applied',
    'account_change_requested',
    'account_change_confirmed',
    'account_change_cancelled',
    'account_change_applied',
  ],
  reasons: ['move-to-other-structure', 'national-role', 'taken', 'last-administrator', 'closed-for-long'],
  data: ['change', 'roles', 'receivedOn'],
  words: {
    act: ['open', 'close'],
    change: ['identity', 'roles', 'erasure'],
    alarm: ['emergency-access'],
    fields: [
      'username',
      'email',
      'displayName',
      'givenName',
      'familyName',
      'locale',
      'roles',
      'structureId',
      'externalId',
      'removedAt',
    ],
  },
} as const satisfies JournalWords;

declare module '@portillon/audit' {
  interface JournalVocabulary {
    administrationAccounts: typeof accountsJournal;
  }
}
