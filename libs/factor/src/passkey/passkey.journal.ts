import type { JournalDeclaration } from '@portillon/audit';

/** Journal events of passkeys. */
export const passkeyJournal = {
  events: {
    passkey_added: {
      subject: 'means',
      siem: 'account.mfa-factor-enable',
      fr: 'Clé d’accès ajoutée',
      en: 'Passkey added',
    },
    passkey_renamed: {
      subject: 'means',
      siem: 'account.other',
      fr: 'Clé d’accès renommée',
      en: 'Passkey renamed',
    },
    authn_passkey_fail: {
      subject: 'signIn',
      siem: 'authentication.logon',
      fr: 'Clé d’accès refusée',
      en: 'Passkey refused',
    },
  },
  reasons: {
    'passkey-unknown': { fr: 'Clé d’accès inconnue, ou supprimée', en: 'Passkey unknown, or deleted' },
    'passkey-challenge': {
      fr: 'Demande inconnue, trop tardive, ou d’un autre navigateur',
      en: 'Request unknown, too late, or of another browser',
    },
    'passkey-not-verified': {
      fr: 'Réponse de la clé d’accès non valable\u00a0: autre site, signature, ou personne non vérifiée',
      en: 'Answer of the passkey not valid: other site, signature, or person not verified',
    },
    'passkey-cross-origin': {
      fr: 'Réponse donnée dans la page d’un autre site',
      en: 'Answer given inside the page of another site',
    },
    'passkey-other-person': { fr: 'Clé d’accès d’une autre personne', en: 'Passkey of another person' },
    'passkey-counter': {
      fr: 'Compteur de la clé d’accès revenu en arrière\u00a0: il en existe peut-être une copie',
      en: 'Counter of the passkey went back: there may be a copy of it',
    },
    'passkey-backup': {
      fr: 'La clé d’accès n’est plus du genre qui a été ajouté',
      en: 'The passkey is no longer of the kind that was added',
    },
    'passkey-used': {
      fr: 'Réponse de la clé d’accès déjà utilisée',
      en: 'Answer of the passkey used already',
    },
    'passkey-shared': {
      fr: 'Clé d’accès gardée dans un poste partagé',
      en: 'Passkey kept in a shared workstation',
    },
  },
  data: {
    passkeyKind: { fr: 'Où est la clé', en: 'Where the key is' },
    purpose: { fr: 'Le code servait à', en: 'The code was to' },
  },
  words: {
    passkeyKind: {
      device: { fr: 'Liée à cet appareil', en: 'Bound to one device' },
      synced: { fr: 'Synchronisée', en: 'Synced' },
    },
    purpose: {
      enrolment: { fr: 'Ajouter une clé d’accès', en: 'Add a passkey' },
    },
  },
} as const satisfies JournalDeclaration;

declare module '@portillon/audit' {
  interface JournalVocabulary {
    passkey: typeof passkeyJournal;
  }
}
