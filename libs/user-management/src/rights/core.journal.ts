import type { JournalDeclaration } from '@portillon/audit';

/** Journal facts of every administrator's action, and of refusals. */
export const coreJournal = {
  events: {
    account_read: {
      subject: 'rights',
      siem: 'entity.read',
      fr: 'Données du compte consultées par un administrateur',
      en: 'Account data read by an administrator',
    },
    journal_read: { subject: 'rights', siem: 'entity.read', fr: 'Journal consulté', en: 'Journal read' },
    sensitive_read: { subject: 'rights', siem: 'entity.read', fr: 'Journal exporté', en: 'Journal exported' },
  },
  reasons: {
    'other-structure': {
      fr: 'Hors de la structure de l’administrateur, ou inexistant',
      en: 'Outside the administrator’s organisation, or nonexistent',
    },
    'managed-elsewhere': {
      fr: 'Le compte est géré par une autre structure',
      en: 'Another organisation manages the account',
    },
    'national-administrator': {
      fr: 'Un administrateur de structure n’agit ni sur un administrateur national, ni sur un auditeur',
      en: 'An organisation’s administrator acts neither on a national administrator nor on an auditor',
    },
    machine: {
      fr: 'Une application n’accorde aucun droit et ne touche aucun administrateur national',
      en: 'An application grants nothing and touches no national administrator',
    },
  },
  data: {
    account: { fr: 'Numéro du compte visé', en: 'Number of the account aimed at' },
    actorId: { fr: 'Numéro du compte de l’auteur', en: 'Number of the account that acted' },
    structureId: { fr: 'Numéro de la structure', en: 'Number of the organisation' },
    names: { fr: 'Actions retenues par le filtre', en: 'Acts in the filter' },
    from: { fr: 'À partir du', en: 'From' },
    to: { fr: 'Avant le', en: 'Before' },
    what: { fr: 'Ce qui a été exporté', en: 'What was exported' },
    format: { fr: 'Format du fichier', en: 'Format of the file' },
    outcome: { fr: 'Résultat retenu par le filtre', en: 'Result in the filter' },
  },
  words: {
    act: {
      'accounts.read': { fr: 'Consulter les comptes', en: 'See the accounts' },
      'accounts.create': { fr: 'Inviter une personne', en: 'Invite a person' },
      'accounts.edit': { fr: 'Modifier un compte', en: 'Edit an account' },
      'accounts.unlock': { fr: 'Débloquer un compte', en: 'Unlock an account' },
      'accounts.deactivate': { fr: 'Désactiver un compte', en: 'Deactivate an account' },
      'accounts.reactivate': { fr: 'Réactiver un compte', en: 'Reactivate an account' },
      'accounts.reset-factors': {
        fr: 'Remettre à zéro les moyens d’un compte',
        en: 'Reset the means of an account',
      },
      'accounts.revoke-sessions': {
        fr: 'Fermer les sessions d’un compte',
        en: 'End the sessions of an account',
      },
      'accounts.resend-invitation': { fr: 'Renvoyer une invitation', en: 'Send an invitation again' },
      'accounts.link': { fr: 'Rattacher un identifiant national', en: 'Link a national identifier' },
      'accounts.prove-identity': {
        fr: 'Attester l’identité d’une personne',
        en: 'Attest a person’s identity',
      },
      'accounts.decide': {
        fr: 'Confirmer ou annuler une modification en attente',
        en: 'Confirm or cancel a change that waits',
      },
      'accounts.erase': { fr: 'Effacer un compte', en: 'Erase an account' },
      'accounts.export-data': {
        fr: 'Exporter les données d’une personne',
        en: 'Export the data of a person',
      },
      'accounts.emergency-access': { fr: 'Ouvrir un accès de secours', en: 'Open emergency access' },
      'accounts.import': { fr: 'Importer des comptes', en: 'Import accounts' },
      'accounts.export': { fr: 'Exporter les comptes', en: 'Export the accounts' },
      'accounts.invite-in-waves': { fr: 'Inviter par vagues', en: 'Invite in waves' },
      'applications.read': { fr: 'Consulter les applications', en: 'See applications' },
      'applications.create': { fr: 'Créer une application', en: 'Create an application' },
      'applications.edit': { fr: 'Modifier une application', en: 'Change an application' },
      'structures.read': { fr: 'Consulter les structures', en: 'See the organisations' },
      'structures.create': { fr: 'Créer une structure', en: 'Create an organisation' },
      'structures.edit': { fr: 'Modifier une structure', en: 'Edit an organisation' },
      'policies.read': { fr: 'Consulter les règles', en: 'See the rules' },
      'policies.edit': { fr: 'Modifier les règles', en: 'Edit the rules' },
      'events.read': { fr: 'Consulter le journal', en: 'See the journal' },
      'events.export': { fr: 'Exporter le journal', en: 'Export the journal' },
      'events.prove': { fr: 'Faire prouver le journal', en: 'Have the journal proven' },
      'reports.read': { fr: 'Consulter les statistiques', en: 'See the statistics' },
      'service.read': { fr: 'Consulter l’état du service', en: 'Read the state of the service' },
      'service.edit': { fr: 'Régler le service', en: 'Set up the service' },
      'webhooks.read': { fr: 'Consulter les webhooks', en: 'See the webhooks' },
      'webhooks.edit': { fr: 'Créer ou modifier un webhook', en: 'Create or change a webhook' },
    },
    what: {
      accounts: { fr: 'La liste des comptes', en: 'The list of accounts' },
      events: { fr: 'Le journal', en: 'The journal' },
    },
    format: {
      csv: { fr: 'CSV', en: 'CSV' },
      jsonl: { fr: 'JSON (lignes)', en: 'JSON (lines)' },
    },
    outcome: {
      SUCCESS: { fr: 'Réussi', en: 'Succeeded' },
      FAILURE: { fr: 'Refusé', en: 'Refused' },
    },
  },
} as const satisfies JournalDeclaration;

declare module '@portillon/audit' {
  interface JournalVocabulary {
    administration: typeof coreJournal;
  }
}
