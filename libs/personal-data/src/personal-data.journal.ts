import type { JournalDeclaration } from '@portillon/audit';

/** Journal events of exports and erasures. */
export const personalDataJournal = {
  events: {
    erasure_requested: {
      subject: 'accounts',
      siem: 'account.other',
      fr: 'Effacement du compte demandé',
      en: 'Erasure of the account requested',
    },
    erasure_withdrawn: {
      subject: 'accounts',
      siem: 'account.other',
      fr: 'Demande d’effacement retirée',
      en: 'Request for erasure taken back',
    },
    data_exported: {
      subject: 'rights',
      siem: 'entity.read',
      fr: 'Données personnelles téléchargées',
      en: 'Personal data downloaded',
    },
    user_deleted: { subject: 'accounts', siem: 'account.delete', fr: 'Compte effacé', en: 'Account erased' },
  },
  reasons: {
    'closed-for-long': { fr: 'Désactivé depuis trop longtemps', en: 'Deactivated for too long' },
  },
  data: {
    receivedOn: { fr: 'Demande reçue le', en: 'Request received on' },
  },
} as const satisfies JournalDeclaration;

declare module '@portillon/audit' {
  interface JournalVocabulary {
    personalData: typeof personalDataJournal;
  }
}
