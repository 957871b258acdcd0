import type { JournalDeclaration } from '@portillon/audit';

/** Journal events of answers to an incident. */
export const incidentJournal = {
  events: {
    incident_sessions_ended: {
      subject: 'rights',
      siem: 'entity.delete',
      fr: 'Incident\u00a0: toutes les sessions fermées, tous les navigateurs oubliés',
      en: 'Incident: every session ended, every browser forgotten',
    },
    incident_passwords_renewed: {
      subject: 'rights',
      siem: 'entity.other',
      fr: 'Incident\u00a0: nouveaux mots de passe demandés',
      en: 'Incident: new passwords required',
    },
  },
  data: {
    addressBlock: { fr: 'Adresse ou réseau', en: 'Address or network' },
    decidedBy: { fr: 'Numéros des comptes qui l’ont décidé', en: 'Numbers of the accounts that decided it' },
  },
} as const satisfies JournalDeclaration;

declare module '@portillon/audit' {
  interface JournalVocabulary {
    administrationIncident: typeof incidentJournal;
  }
}
