import type { JournalDeclaration } from '@portillon/audit';

/** What the journal says of this lib's acts. */
export const lockerDeskJournal = {
  events: {
    locker_opened: { subject: 'service', siem: 'entity.update', fr: 'Casier ouvert', en: 'Locker opened' },
  },
  reasons: { 'locker-open': { fr: 'Le casier était ouvert', en: 'The locker was open' } },
  data: { lockerId: { fr: 'Casier', en: 'Locker' } },
} as const satisfies JournalDeclaration;

declare module '@portillon/audit' {
  interface JournalVocabulary {
    lockerDesk: typeof lockerDeskJournal;
  }
}
