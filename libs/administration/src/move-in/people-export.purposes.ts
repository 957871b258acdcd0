import type { CodePurposes } from '@portillon/auth';

/** The code by which a second administrator confirms an export of all people. */
export const peopleExportPurposes = {
  'people-export': {
    journal: { fr: 'Confirmer l’export des comptes', en: 'Confirm the export of accounts' },
    texts: {
      fr: {
        subject: 'confirmer l’export de tous les comptes',
        title: 'Confirmer l’export de tous les comptes',
        sentence: (service) =>
          `Un export de tous les comptes de ${service}, avec les empreintes des mots de passe, est demandé sur le serveur. Si vous l’approuvez, donnez ce code à la personne qui le demande.`,
        sms: "code d'export des comptes",
        notYou:
          'Si personne ne vous a prévenu de cet export, ne donnez ce code à personne et alertez le responsable de la sécurité.',
      },
      en: {
        subject: 'confirm the export of all accounts',
        title: 'Confirm the export of all accounts',
        sentence: (service) =>
          `An export of all accounts of ${service}, with the digests of their passwords, was requested on the server. If you approve of it, give this code to the person who requested it.`,
        sms: 'code to export accounts',
        notYou:
          'If you did not expect this export, do not give this code to anyone, and alert the security officer.',
      },
    },
  },
} satisfies CodePurposes;

declare module '@portillon/otp' {
  interface OtpPurposes {
    peopleExport: keyof typeof peopleExportPurposes;
  }
}
