import type { JournalDeclaration } from '@portillon/audit';

/** Journal events of links to choose a password. */
export const recoveryJournal = {
  events: {
    authn_password_reset_request: {
      subject: 'password',
      siem: 'account.password-reset',
      fr: 'Lien de mot de passe demandé',
      en: 'Password link requested',
    },
    authn_password_reset: {
      subject: 'password',
      siem: 'account.password-reset',
      fr: 'Mot de passe choisi par un lien',
      en: 'Password chosen by a link',
    },
    authn_password_reset_fail: {
      subject: 'password',
      siem: 'account.password-reset',
      fr: 'Lien de mot de passe refusé',
      en: 'Password link refused',
    },
    event_reported: {
      subject: 'password',
      siem: 'account.lock',
      severity: 'high',
      fr: 'Événement signalé\u00a0: «\u00a0Ce n’était pas moi\u00a0»',
      en: 'Event reported: “This was not me”',
    },
    event_reported_fail: {
      subject: 'password',
      siem: 'account.lock',
      fr: 'Lien «\u00a0Ce n’était pas moi\u00a0» refusé',
      en: 'Link “This was not me” refused',
    },
    membership_opened_fail: {
      subject: 'memberships',
      siem: 'account.other',
      fr: 'Lien de rattachement refusé',
      en: 'Membership link refused',
    },
    user_invited: {
      subject: 'accounts',
      siem: 'account.create',
      fr: 'Invitation envoyée',
      en: 'Invitation sent',
    },
    user_activated: {
      subject: 'accounts',
      siem: 'account.enable',
      fr: 'Compte activé par l’invitation',
      en: 'Account activated by the invitation',
    },
    user_activated_fail: {
      subject: 'accounts',
      siem: 'account.enable',
      fr: 'Lien d’invitation refusé',
      en: 'Invitation link refused',
    },
  },
  data: { event: { fr: 'Événement', en: 'Event' } },
  reasons: {
    'link-not-good': {
      fr: 'Lien inconnu, déjà utilisé ou expiré',
      en: 'Link unknown, already used or expired',
    },
    'link-not-for-account': {
      fr: 'Lien déjà utilisé, ou qui ne convient plus à l’état du compte',
      en: 'Link already used, or not fit for the account any more',
    },
    'no-password': {
      fr: 'Le compte n’a pas de mot de passe\u00a0: il s’ouvre par carte ou Pro Santé Connect',
      en: 'The account has no password: it opens by card or Pro Santé Connect',
    },
    'too-many-links': {
      fr: 'Trop de liens demandés pour ce compte',
      en: 'Too many links requested for this account',
    },
  },
} as const satisfies JournalDeclaration;

declare module '@portillon/audit' {
  interface JournalVocabulary {
    recovery: typeof recoveryJournal;
  }
}
