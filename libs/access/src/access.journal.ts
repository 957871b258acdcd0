import type { JournalDeclaration } from '@portillon/audit';

/** Journal events of access control, and facts that the events of every feature may carry. */
export const accessJournal = {
  events: {
    authn_logout: { subject: 'signIn', siem: 'authentication.logoff', fr: 'Déconnexion', en: 'Signed out' },
    authz_fail: {
      subject: 'rights',
      siem: 'session.other',
      fr: 'Accès refusé\u00a0: droits insuffisants',
      en: 'Access refused: not allowed',
    },
    identity_verified: {
      subject: 'factors',
      siem: 'account.other',
      fr: 'Identité vérifiée',
      en: 'Identity verified',
    },
    membership_opened: {
      subject: 'memberships',
      siem: 'account.attach-policy',
      fr: 'Rattachement accepté',
      en: 'Membership accepted',
    },
    membership_ended: {
      subject: 'memberships',
      siem: 'account.other',
      fr: 'Rattachement terminé',
      en: 'Membership ended',
    },
    membership_refused: {
      subject: 'memberships',
      siem: 'account.other',
      fr: 'Rattachement refusé',
      en: 'Membership refused',
    },
    session_revoked: {
      subject: 'signIn',
      siem: 'authentication.logoff',
      fr: 'Session fermée',
      en: 'Session ended',
    },
    structure_chosen: {
      subject: 'signIn',
      siem: 'authentication.other',
      fr: 'Établissement choisi pour la session',
      en: 'Organisation chosen for the session',
    },
    identity_unlinked: {
      subject: 'factors',
      siem: 'account.mfa-factor-disable',
      fr: 'Carte et e‑CPS détachées',
      en: 'Card and e‑CPS unlinked',
    },
    passkey_removed: {
      subject: 'means',
      siem: 'account.mfa-factor-disable',
      fr: 'Clé d’accès supprimée',
      en: 'Passkey deleted',
    },
    recovery_codes_ended: {
      subject: 'means',
      siem: 'account.mfa-factor-disable',
      fr: 'Codes de secours supprimés',
      en: 'Recovery codes deleted',
    },
    totp_removed: {
      subject: 'means',
      siem: 'account.mfa-factor-disable',
      fr: 'Application d’authentification supprimée',
      en: 'Authenticator app deleted',
    },
    user_archived: {
      subject: 'accounts',
      siem: 'account.disable',
      fr: 'Compte désactivé',
      en: 'Account deactivated',
    },
  },
  reasons: {
    unknown: { fr: 'Aucun compte ne correspond', en: 'No account corresponds' },
    invited: {
      fr: 'Le compte n’est pas encore activé\u00a0: l’invitation attend',
      en: 'The account is not active yet: the invitation waits',
    },
    deactivated: { fr: 'Le compte est désactivé', en: 'The account is deactivated' },
    'means-forbidden': {
      fr: 'La structure n’accepte que Pro Santé Connect',
      en: 'The organisation accepts only Pro Santé Connect',
    },
    'identity-unverified': {
      fr: 'L’identité de la personne n’est pas vérifiée, ou est à revoir, et sa structure le demande',
      en: 'The identity of the person is not verified, or is due again, and their organisation asks for it',
    },
    'means-too-weak': {
      fr: 'La connexion n’était faite ni avec une carte ni avec Pro Santé Connect',
      en: 'The sign-in was by neither card nor Pro Santé Connect',
    },
    role: { fr: 'Le rôle ne permet pas cette action', en: 'The role does not allow this act' },
  },
  data: {
    until: { fr: 'Jusqu’au', en: 'Until' },
    accountId: { fr: 'Numéro du compte concerné', en: 'Number of the account concerned' },
    nationalId: { fr: 'Identifiant national', en: 'National identifier' },
    browserId: { fr: 'Numéro du navigateur', en: 'Number of the browser' },
    passkeyId: { fr: 'Clé d’accès', en: 'Passkey' },
    means: { fr: 'Moyen', en: 'Means' },
    method: { fr: 'Comment l’identité a été vérifiée', en: 'How the identity was verified' },
    by: { fr: 'Par', en: 'By' },
    roles: { fr: 'Rôles', en: 'Roles' },
    structure: { fr: 'Numéro de la structure visée', en: 'Number of the organisation aimed at' },
  },
  words: {
    means: {
      password: { fr: 'Mot de passe et code', en: 'Password and code' },
      passkey: { fr: 'Clé d’accès', en: 'Passkey' },
      cpx: { fr: 'Carte CPx', en: 'CPx card' },
      'pro-sante-connect': { fr: 'Pro Santé Connect', en: 'Pro Santé Connect' },
    },
    method: {
      'pro-sante-connect': { fr: 'Par Pro Santé Connect', en: 'By Pro Santé Connect' },
      card: { fr: 'Par la carte', en: 'By the card' },
      'face-to-face': { fr: 'En face à face', en: 'Face to face' },
    },
    by: {
      password: { fr: 'Mot de passe et code', en: 'Password and code' },
      passkey: { fr: 'Clé d’accès', en: 'Passkey' },
      cpx: { fr: 'Carte CPx', en: 'CPx card' },
      'pro-sante-connect': { fr: 'Pro Santé Connect', en: 'Pro Santé Connect' },
      account: { fr: 'La personne, dans «\u00a0Mon compte\u00a0»', en: 'The person, in “My account”' },
      link: { fr: 'Le lien d’un e‑mail', en: 'The link of an email' },
      card: { fr: 'Carte CPx', en: 'CPx card' },
      'e-cps': { fr: 'e‑CPS', en: 'e‑CPS' },
      'command-line': { fr: 'La ligne de commande du serveur', en: 'The command line of the server' },
    },
  },
} as const satisfies JournalDeclaration;

declare module '@portillon/audit' {
  interface JournalVocabulary {
    access: typeof accessJournal;
  }
}
