import type { JournalDeclaration } from '@portillon/audit';

/** Journal events of what the national directory shows otherwise. */
export const directoryJournal = {
  events: {
    directory_change_applied: {
      subject: 'memberships',
      siem: 'account.other',
      fr: 'Changement de l’Annuaire Santé appliqué',
      en: 'Change in the Annuaire Santé applied',
    },
    directory_change_set_aside: {
      subject: 'memberships',
      siem: 'account.other',
      fr: 'Changement de l’Annuaire Santé mis de côté',
      en: 'Change in the Annuaire Santé set aside',
    },
  },
  data: {
    directoryChange: { fr: 'Ce que l’annuaire indique', en: 'What the directory shows' },
    directoryChangeId: { fr: 'Numéro de la proposition', en: 'Number of the proposal' },
  },
  words: {
    directoryChange: {
      inactive: { fr: 'La personne n’exerce plus', en: 'The person practises no longer' },
      left: {
        fr: 'La personne n’exerce plus dans la structure',
        en: 'The person works in the organisation no longer',
      },
      'replaced-id': {
        fr: 'Un numéro RPPS remplace le numéro ADELI',
        en: 'An RPPS number replaces the ADELI number',
      },
      renamed: { fr: 'La personne a un autre nom', en: 'The person has another name' },
      'closed-structure': { fr: 'La structure est fermée', en: 'The organisation is closed' },
    },
  },
} as const satisfies JournalDeclaration;

declare module '@portillon/audit' {
  interface JournalVocabulary {
    administrationDirectory: typeof directoryJournal;
  }
}
