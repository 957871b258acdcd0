import type { JournalDeclaration } from '@portillon/audit';

/** Journal events of imports. */
export const importsJournal = {
  events: {
    user_import_started: {
      subject: 'arrivals',
      siem: 'account.create',
      fr: 'Import de comptes commencé',
      en: 'Import of accounts started',
    },
    user_import_undone: {
      subject: 'arrivals',
      siem: 'account.delete',
      fr: 'Import de comptes annulé',
      en: 'Import of accounts undone',
    },
    users_imported: {
      subject: 'arrivals',
      siem: 'account.create',
      fr: 'Comptes importés',
      en: 'Accounts imported',
    },
    people_moved_in: {
      subject: 'arrivals',
      siem: 'account.create',
      fr: 'Emménagement de comptes',
      en: 'Accounts moved in',
    },
    people_exported: {
      subject: 'arrivals',
      siem: 'account.other',
      severity: 'high',
      fr: 'Export de tous les comptes, avec les empreintes des mots de passe',
      en: 'Export of all accounts, with the digests of passwords',
    },
  },
  data: {
    lines: { fr: 'Lignes du fichier', en: 'Lines of the file' },
    confirmedBy: { fr: 'Confirmé par', en: 'Confirmed by' },
    taken: { fr: 'Comptes repris', en: 'Accounts taken' },
    merged: { fr: 'Comptes complétés', en: 'Accounts completed' },
    skipped: { fr: 'Lignes sans objet', en: 'Lines passed over' },
    refused: { fr: 'Lignes refusées', en: 'Refused lines' },
    import: { fr: 'Numéro de l’import', en: 'Number of the import' },
    dryRun: { fr: 'Essai sans rien créer', en: 'Dry run, creating nothing' },
    total: { fr: 'Lignes du fichier', en: 'Lines of the file' },
    NEW: { fr: 'Lignes pas encore vérifiées', en: 'Lines not checked yet' },
    GOOD: { fr: 'Lignes bonnes, sans compte créé', en: 'Good lines, without an account made' },
    BAD: { fr: 'Lignes à corriger', en: 'Lines to correct' },
    MADE: { fr: 'Comptes créés, pas encore invités', en: 'Accounts created, not invited yet' },
    INVITED: { fr: 'Comptes créés et invités', en: 'Accounts created and invited' },
    FOUND: { fr: 'Comptes existants, sans proposition', en: 'Existing accounts, without a proposal' },
    PROPOSED: { fr: 'Rattachements proposés', en: 'Memberships proposed' },
    UNDONE: { fr: 'Comptes supprimés', en: 'Accounts taken back' },
    KEPT: { fr: 'Comptes gardés', en: 'Accounts kept' },
    mode: { fr: 'S’il y a de mauvaises lignes', en: 'If there are bad lines' },
    whenInterrupted: { fr: 'Si l’import est interrompu', en: 'If the import is interrupted' },
    state: { fr: 'État de l’import', en: 'State of the import' },
  },
  words: {
    mode: {
      ALL_OR_NONE: { fr: 'Ne rien importer', en: 'Import nothing' },
      GOOD_LINES: { fr: 'Importer les bonnes lignes', en: 'Import the good lines' },
    },
    whenInterrupted: {
      RESUME: { fr: 'Le reprendre', en: 'Resume it' },
      UNDO: { fr: 'Supprimer les comptes créés', en: 'Delete the created accounts' },
    },
    state: {
      READING: { fr: 'Lecture du fichier', en: 'Reading the file' },
      CHECKING: { fr: 'Vérification des lignes', en: 'Checking the lines' },
      CHECKED: { fr: 'Fichier vérifié', en: 'File checked' },
      CREATING: { fr: 'Création des comptes', en: 'Creating the accounts' },
      INVITING: { fr: 'Envoi des invitations', en: 'Sending the invitations' },
      DONE: { fr: 'Terminé', en: 'Finished' },
      REFUSED: { fr: 'Refusé', en: 'Refused' },
      UNDOING: { fr: 'Suppression des comptes créés', en: 'Deleting the created accounts' },
      UNDONE: { fr: 'Annulé', en: 'Undone' },
      ABANDONED: { fr: 'Abandonné', en: 'Abandoned' },
    },
  },
} as const satisfies JournalDeclaration;

declare module '@portillon/audit' {
  interface JournalVocabulary {
    administrationImports: typeof importsJournal;
  }
}
