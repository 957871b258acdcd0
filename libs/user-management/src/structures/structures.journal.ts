import type { JournalDeclaration } from '@portillon/audit';

/** Journal events of structures and their policies. */
export const structuresJournal = {
  events: {
    policy_changed: {
      subject: 'structures',
      siem: 'entity.update',
      fr: 'Règles de la structure changées',
      en: 'Rules of the organisation changed',
    },
    structure_created: {
      subject: 'structures',
      siem: 'entity.create',
      fr: 'Structure créée',
      en: 'Organisation created',
    },
    structure_updated: {
      subject: 'structures',
      siem: 'entity.update',
      fr: 'Structure modifiée',
      en: 'Organisation changed',
    },
  },
  reasons: {
    'four-eyes': {
      fr: 'Un administrateur de structure ne lève pas la règle des deux administrateurs',
      en: 'An organisation’s administrator does not lift the rule of two administrators',
    },
  },
  data: {
    parent: { fr: 'Fait partie de', en: 'Part of' },
    previousParent: { fr: 'Faisait partie de', en: 'Was part of' },
    smsForbidden: { fr: 'Pas de code par SMS', en: 'No code by text message' },
    mailFirstTimeOnly: {
      fr: 'Code par e‑mail seulement la première fois',
      en: 'Code by email the first time only',
    },
    codeWindowHours: { fr: 'Durée sans nouveau code, en heures', en: 'Time without a new code, in hours' },
    proSanteConnectFrom: {
      fr: 'Date où Pro Santé Connect devient obligatoire',
      en: 'Date from which Pro Santé Connect is compulsory',
    },
    strongMeansFrom: {
      fr: 'Date où un moyen fort devient obligatoire',
      en: 'Date from which a strong means is required',
    },
    identityRequiredFrom: {
      fr: 'Date où une identité vérifiée devient obligatoire',
      en: 'Date from which a verified identity is required',
    },
    totpIsStrong: {
      fr: 'L’application d’authentification compte comme moyen fort',
      en: 'The authenticator app counts as a strong means',
    },
    egressAddresses: {
      fr: 'Nombre d’adresses partagées par la structure',
      en: 'How many addresses the structure shares',
    },
    fourEyes: {
      fr: 'Deux administrateurs pour une adresse e‑mail ou une carte',
      en: 'Two administrators for an email address or a card',
    },
    sharedWorkstations: { fr: 'Postes partagés', en: 'Shared workstations' },
    acceptedPasskeys: { fr: 'Clés d’accès acceptées', en: 'Passkeys accepted' },
    passkeyIdentity: { fr: 'Identité pour une clé d’accès', en: 'Identity for a passkey' },
  },
  words: {
    acceptedPasskeys: {
      any: { fr: 'Toutes', en: 'All' },
      device: { fr: 'Liées à un appareil', en: 'Bound to one device' },
    },
    passkeyIdentity: {
      any: { fr: 'Vérifiée ou non', en: 'Verified or not' },
      proven: { fr: 'Vérifiée', en: 'Verified' },
    },
    fields: {
      name: { fr: 'Nom', en: 'Name' },
      finess: { fr: 'FINESS', en: 'FINESS' },
      siret: { fr: 'SIRET', en: 'SIRET' },
      address: { fr: 'Adresse postale', en: 'Postal address' },
      kind: { fr: 'Nature', en: 'Kind' },
      parentId: { fr: 'Fait partie de', en: 'Part of' },
      logo: { fr: 'Logo', en: 'Logo' },
      accent: { fr: 'Couleur', en: 'Colour' },
    },
  },
} as const satisfies JournalDeclaration;

declare module '@portillon/audit' {
  interface JournalVocabulary {
    administrationStructures: typeof structuresJournal;
  }
}
