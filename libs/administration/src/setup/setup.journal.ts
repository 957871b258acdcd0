import type { JournalWords } from '@portillon/audit';

/** What the journal says of the texts of the law and of the first hour. */
export const setupJournal = {
  events: ['legal_notice_updated', 'test_message_sent', 'test_mail_opened', 'keys_backup_confirmed'],
  data: ['keyIds'],
  words: {
    testChannel: ['EMAIL', 'SMS'],
    fields: [
      'publisherName',
      'publisherAddress',
      'publisherPhone',
      'publicationDirector',
      'hostName',
      'hostAddress',
      'hostPhone',
      'hostCertification',
      'dataProtectionEmail',
      'accessibilityState',
      'accessibilityAuditedOn',
      'accessibilityAuditor',
      'accessibilityEmail',
    ],
  },
} as const satisfies JournalWords;

declare module '@portillon/audit' {
  interface JournalVocabulary {
    administrationSetup: typeof setupJournal;
  }
}
