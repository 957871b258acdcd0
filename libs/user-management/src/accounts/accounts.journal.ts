import type { JournalDeclaration } from '@portillon/audit';

/** Journal events of accounts. */
export const accountsJournal = {
  events: {
    user_created: { subject: 'accounts', siem: 'account.create', fr: 'Compte créé', en: 'Account created' },
    user_updated: { subject: 'accounts', siem: 'account.other', fr: 'Compte modifié', en: 'Account changed' },
    authn_factors_reset: {
      subject: 'factors',
      siem: 'account.mfa-factor-disable',
      fr: 'Facteurs de connexion remis à zéro par un administrateur',
      en: 'Factors of sign-in reset by an administrator',
    },
    authn_unlock: {
      subject: 'accounts',
      siem: 'account.enable',
      fr: 'Compte débloqué par un administrateur',
      en: 'Account unlocked by an administrator',
    },
    authz_admin: {
      subject: 'emergency',
      siem: 'session.other',
      fr: 'Accès de secours ouvert',
      en: 'Emergency access opened',
    },
    identity_linked: {
      subject: 'factors',
      siem: 'account.mfa-factor-enable',
      fr: 'Identifiant national rattaché',
      en: 'National identifier linked',
    },
    identity_asked: {
      subject: 'factors',
      siem: 'account.other',
      fr: 'Vérification d’identité demandée',
      en: 'Identity verification requested',
    },
    privilege_permissions_changed: {
      subject: 'accounts',
      siem: 'account.attach-policy',
      fr: 'Rôles changés',
      en: 'Roles changed',
    },
    membership_proposed: {
      subject: 'memberships',
      siem: 'account.other',
      fr: 'Rattachement proposé',
      en: 'Membership proposed',
    },
    membership_proposal_withdrawn: {
      subject: 'memberships',
      siem: 'account.other',
      fr: 'Proposition de rattachement retirée',
      en: 'Proposal of a membership withdrawn',
    },
    membership_changed: {
      subject: 'memberships',
      siem: 'account.attach-policy',
      fr: 'Rattachement modifié',
      en: 'Membership changed',
    },
    account_handed_over: {
      subject: 'memberships',
      siem: 'account.other',
      fr: 'Compte reçu d’une autre structure',
      en: 'Account received from another organisation',
    },
    user_reactivated: {
      subject: 'accounts',
      siem: 'account.enable',
      fr: 'Compte réactivé',
      en: 'Account reactivated',
    },
    user_invitation_resent: {
      subject: 'accounts',
      siem: 'account.other',
      fr: 'Invitation renvoyée',
      en: 'Invitation sent again',
    },
    email_change_requested: {
      subject: 'factors',
      siem: 'account.other',
      fr: 'Changement d’adresse e‑mail demandé',
      en: 'Change of email address requested',
    },
    email_change_confirmed: {
      subject: 'factors',
      siem: 'account.other',
      fr: 'Changement d’adresse e‑mail confirmé',
      en: 'Change of email address confirmed',
    },
    email_change_cancelled: {
      subject: 'factors',
      siem: 'account.other',
      fr: 'Changement d’adresse e‑mail annulé',
      en: 'Change of email address cancelled',
    },
    email_change_applied: {
      subject: 'factors',
      siem: 'account.other',
      fr: 'Changement d’adresse e‑mail appliqué',
      en: 'Change of email address took effect',
    },
    account_change_requested: {
      subject: 'accounts',
      siem: 'account.other',
      fr: 'Changement de carte ou de rôles, ou effacement, demandé',
      en: 'Change of card or roles, or erasure, requested',
    },
    account_change_confirmed: {
      subject: 'accounts',
      siem: 'account.other',
      fr: 'Changement de carte ou de rôles, ou effacement, confirmé',
      en: 'Change of card or roles, or erasure, confirmed',
    },
    account_change_cancelled: {
      subject: 'accounts',
      siem: 'account.other',
      fr: 'Changement de carte ou de rôles, ou effacement, annulé',
      en: 'Change of card or roles, or erasure, cancelled',
    },
    account_change_applied: {
      subject: 'accounts',
      siem: 'account.other',
      fr: 'Changement de carte ou de rôles, ou effacement, appliqué',
      en: 'Change of card or roles, or erasure, applied',
    },
    passkey_identity_proven: {
      subject: 'means',
      siem: 'account.mfa-factor-enable',
      fr: 'Identité attestée pour une clé d’accès',
      en: 'Identity attested for a passkey',
    },
  },
  reasons: {
    'move-to-other-structure': {
      fr: 'Seul un administrateur national change un compte de structure',
      en: 'Only a national administrator moves an account to another organisation',
    },
    'national-role': {
      fr: 'Un administrateur de structure ne donne ni le rôle national, ni celui d’auditeur',
      en: 'An organisation’s administrator gives neither the national role nor the auditor’s',
    },
    taken: {
      fr: 'Un autre compte a pris cet identifiant national',
      en: 'Another account has taken this national id',
    },
    'last-day': { fr: 'Son dernier jour est passé', en: 'Its last day is over' },
    lapsed: {
      fr: 'L’autre structure n’a pas répondu à temps',
      en: 'The other organisation has not answered in time',
    },
    'last-administrator': {
      fr: 'C’est le dernier administrateur national',
      en: 'It is the last national administrator',
    },
  },
  data: {
    act: { fr: 'Action', en: 'Act' },
    change: { fr: 'Ce qui change', en: 'What changes' },
    alarm: { fr: 'Alarme', en: 'Alarm' },
    fields: { fr: 'Champs modifiés', en: 'Changed fields' },
    identifier: { fr: 'Identifiant de la personne', en: 'Identifier of the person' },
    receivedOn: { fr: 'Demande reçue le', en: 'Request received on' },
  },
  words: {
    act: {
      open: { fr: 'Ouverture', en: 'Opening' },
      close: { fr: 'Fermeture', en: 'Closing' },
    },
    change: {
      identity: { fr: 'La carte ou l’e‑CPS', en: 'The card or e‑CPS' },
      roles: { fr: 'Les rôles', en: 'The roles' },
      erasure: { fr: 'L’effacement du compte', en: 'The erasure of the account' },
      management: { fr: 'La structure qui gère le compte', en: 'The organisation that manages the account' },
    },
    alarm: {
      'emergency-access': { fr: 'Accès de secours', en: 'Emergency access' },
    },
    fields: {
      username: { fr: 'Identifiant', en: 'User name' },
      email: { fr: 'Adresse e‑mail', en: 'Email address' },
      displayName: { fr: 'Nom affiché', en: 'Display name' },
      givenName: { fr: 'Prénom', en: 'Given name' },
      familyName: { fr: 'Nom', en: 'Family name' },
      locale: { fr: 'Langue', en: 'Language' },
      roles: { fr: 'Rôles', en: 'Roles' },
      function: { fr: 'Fonction', en: 'Function' },
      until: { fr: 'Dernier jour', en: 'Last day' },
      structureId: { fr: 'Structure', en: 'Organisation' },
      externalId: {
        fr: 'Identifiant dans l’annuaire de la structure',
        en: 'Id in the organisation’s directory',
      },
      removedAt: {
        fr: 'De nouveau dans l’annuaire de la structure',
        en: 'In the organisation’s directory again',
      },
    },
  },
} as const satisfies JournalDeclaration;

declare module '@portillon/audit' {
  interface JournalVocabulary {
    administrationAccounts: typeof accountsJournal;
  }
}
