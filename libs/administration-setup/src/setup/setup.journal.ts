import type { JournalDeclaration } from '@portillon/audit';

/** Journal events of the legal texts and of the set-up. */
export const setupJournal = {
  events: {
    legal_notice_updated: {
      subject: 'service',
      siem: 'entity.update',
      fr: 'Mentions légales modifiées',
      en: 'Legal notice changed',
    },
    test_message_sent: {
      subject: 'service',
      siem: 'entity.other',
      fr: 'Message d’essai envoyé',
      en: 'Test message sent',
    },
    test_mail_opened: {
      subject: 'service',
      siem: 'entity.other',
      fr: 'E‑mail d’essai arrivé',
      en: 'Test email arrived',
    },
    keys_backup_confirmed: {
      subject: 'service',
      siem: 'entity.other',
      fr: 'Garde des clés confirmée',
      en: 'Keeping of the keys confirmed',
    },
  },
  data: {
    keyIds: { fr: 'Clés', en: 'Keys' },
    testChannel: { fr: 'Essai par', en: 'Test by' },
  },
  words: {
    testChannel: {
      EMAIL: { fr: 'E‑mail', en: 'Email' },
      SMS: { fr: 'SMS', en: 'SMS' },
    },
    fields: {
      publisherName: { fr: 'Éditeur', en: 'Publisher' },
      publisherAddress: { fr: 'Adresse de l’éditeur', en: 'Publisher’s address' },
      publisherPhone: { fr: 'Téléphone de l’éditeur', en: 'Publisher’s telephone' },
      publicationDirector: { fr: 'Directeur de la publication', en: 'Publication director' },
      hostName: { fr: 'Hébergeur', en: 'Host' },
      hostAddress: { fr: 'Adresse de l’hébergeur', en: 'Host’s address' },
      hostPhone: { fr: 'Téléphone de l’hébergeur', en: 'Host’s telephone' },
      hostCertification: { fr: 'Certification de l’hébergeur', en: 'Host’s certification' },
      dataProtectionEmail: { fr: 'Délégué à la protection des données', en: 'Data protection officer' },
      accessibilityState: { fr: 'État d’accessibilité', en: 'State of accessibility' },
      accessibilityAuditedOn: {
        fr: 'Date de l’audit d’accessibilité',
        en: 'Date of the accessibility audit',
      },
      accessibilityAuditor: {
        fr: 'Auteur de l’audit d’accessibilité',
        en: 'Author of the accessibility audit',
      },
      accessibilityEmail: { fr: 'Contact pour l’accessibilité', en: 'Contact for accessibility' },
    },
  },
} as const satisfies JournalDeclaration;

declare module '@portillon/audit' {
  interface JournalVocabulary {
    administrationSetup: typeof setupJournal;
  }
}
