import type { JournalDeclaration, EventCounts } from '@portillon/audit';
import type { OtpPurpose } from '@portillon/otp';

/** Journal events of signing in and of linked identities. */
export const authJournal = {
  events: {
    authn_login_success: {
      subject: 'signIn',
      siem: 'authentication.logon',
      fr: 'Connexion réussie',
      en: 'Signed in',
    },
    authn_login_fail: {
      subject: 'signIn',
      siem: 'authentication.logon',
      fr: 'Connexion refusée',
      en: 'Sign-in refused',
    },
    authn_login_fail_max: {
      subject: 'signIn',
      siem: 'authentication.logon',
      fr: 'Essai trop rapproché',
      en: 'Attempt made too soon',
    },
    authn_login_lock: {
      subject: 'signIn',
      siem: 'account.lock',
      fr: 'Compte bloqué pour un temps',
      en: 'Account blocked for a while',
    },
    authn_code_sent: { subject: 'codes', siem: 'authentication.other', fr: 'Code envoyé', en: 'Code sent' },
    authn_code_fail: {
      subject: 'codes',
      siem: 'authentication.logon',
      fr: 'Code refusé',
      en: 'Code refused',
    },
    authn_code_lock: {
      subject: 'codes',
      siem: 'account.lock',
      fr: 'Saisie de code bloquée pour un temps',
      en: 'Entry of codes blocked for a while',
    },
    authn_step_up: {
      subject: 'signIn',
      siem: 'authentication.other',
      fr: 'Nouveau code donné en cours de session',
      en: 'New code given while signed in',
    },
    authn_password_change_fail: {
      subject: 'password',
      siem: 'account.password-change',
      fr: 'Changement de mot de passe refusé',
      en: 'Password change refused',
    },
    moved_password_ended: {
      subject: 'password',
      siem: 'account.password-change',
      fr: 'Mot de passe repris de l’ancien service annulé, faute d’usage',
      en: 'Password of the former service voided, since it was not used',
    },
    browser_remembered: {
      subject: 'codes',
      siem: 'authentication.other',
      fr: 'Navigateur reconnu pour les prochaines connexions',
      en: 'Browser recognised for the next sign-ins',
    },
    browser_reuse_detected: {
      subject: 'codes',
      siem: 'authentication.logon',
      severity: 'high',
      fr: 'Navigateur oublié par sécurité\u00a0: son ancienne clé a été présentée',
      en: 'Browser forgotten for safety: an old key of it was presented',
    },
    card_linked: {
      subject: 'factors',
      siem: 'account.mfa-factor-enable',
      fr: 'Carte rattachée au compte',
      en: 'Card linked to the account',
    },
    card_link_fail: {
      subject: 'factors',
      siem: 'account.mfa-factor-enable',
      fr: 'Rattachement d’une carte refusé',
      en: 'Linking of a card refused',
    },
    ecps_linked: {
      subject: 'factors',
      siem: 'account.mfa-factor-enable',
      fr: 'e‑CPS rattachée au compte',
      en: 'e‑CPS linked to the account',
    },
    ecps_link_fail: {
      subject: 'factors',
      siem: 'account.mfa-factor-enable',
      fr: 'Rattachement d’une e‑CPS refusé',
      en: 'Linking of an e‑CPS refused',
    },
    limits_cleared: {
      subject: 'signIn',
      siem: 'entity.delete',
      fr: 'Limites remises à zéro',
      en: 'Limits cleared',
    },
    mail_address_unreachable: {
      subject: 'signIn',
      siem: 'account.other',
      fr: 'Adresse e‑mail injoignable\u00a0: un message est revenu',
      en: 'Mail address unreachable: a message came back',
    },
  },
  reasons: {
    'deactivated-wrong-password': {
      fr: 'Le compte est désactivé, et le mot de passe était faux',
      en: 'The account is deactivated, and the password was wrong',
    },
    'long-absence': { fr: 'Aucune connexion depuis trop longtemps', en: 'No sign-in for too long' },
    'wrong-password': { fr: 'Mot de passe faux', en: 'Wrong password' },
    'password-void': {
      fr: 'Le mot de passe ne valait plus\u00a0: la personne doit en choisir un autre par un lien',
      en: 'The password was void: the person has to choose another by a link',
    },
    delayed: {
      fr: 'Trop d’essais récents\u00a0: il fallait attendre, le mot de passe n’a pas été examiné',
      en: 'Too many recent tries: one had to wait, the password was not looked at',
    },
    'too-many-failures': { fr: 'Dix mots de passe faux de suite', en: 'Ten wrong passwords in a row' },
    none: { fr: 'Aucun code n’était attendu', en: 'No code was awaited' },
    rejected: { fr: 'Code faux', en: 'Wrong code' },
    expired: { fr: 'Code expiré', en: 'Expired code' },
    exhausted: {
      fr: 'Trop d’essais faux\u00a0: le code ne valait plus',
      en: 'Too many wrong tries: the code was void',
    },
    locked: {
      fr: 'Saisie des codes bloquée après trop de codes faux',
      en: 'Entry of codes blocked after too many wrong codes',
    },
    'already-linked': {
      fr: 'Cet identifiant est déjà lié à un autre compte, ou ce compte à un autre identifiant',
      en: 'This identifier is linked to another account already, or this account to another identifier',
    },
    'password-required': {
      fr: 'La session n’était pas ouverte avec mot de passe et code',
      en: 'The session was not opened with password and code',
    },
  },
  data: {
    purpose: { fr: 'Le code servait à', en: 'The code was to' },
    reference: { fr: 'Référence du code', en: 'Reference of the code' },
    codeAgeSeconds: {
      fr: 'Secondes entre l’envoi du code et sa saisie',
      en: 'Seconds from the sending of the code to its use',
    },
    newBrowser: { fr: 'Navigateur nouveau pour cette personne', en: 'Browser new to this person' },
    limitsOf: { fr: 'Limites de', en: 'Limits of' },
    mailStatus: {
      fr: 'Réponse du serveur de messagerie (RFC 3463)',
      en: 'Answer of the mail server (RFC 3463)',
    },
    where: { fr: 'Blocage valable', en: 'Block in force' },
    codeWaivedBy: { fr: 'Code non demandé', en: 'No code needed' },
  },
  words: {
    where: {
      'known-browser': { fr: 'Dans ce navigateur, déjà connu', en: 'In this browser, known already' },
      anywhere: { fr: 'Dans tout navigateur pas encore connu', en: 'In every browser not known yet' },
    },
    codeWaivedBy: {
      'remembered-browser': {
        fr: 'Un code avait déjà été donné dans ce délai',
        en: 'A code had been given within the time',
      },
    },
  },
} as const satisfies JournalDeclaration;

declare module '@portillon/audit' {
  interface JournalVocabulary {
    auth: typeof authJournal;
    /** The purpose of a code, which the library that sends it registers. */
    codes: { words: { purpose: Readonly<Record<OtpPurpose, unknown>> } };
  }
}

/** The sign-in events that statistics count. An expired code is no guess. */
export const authCounts = {
  authn_login_success: () => [{ metric: 'sign-in' }],
  authn_login_fail: () => [{ metric: 'refusal' }],
  authn_login_fail_max: () => [{ metric: 'refusal' }],
  authn_login_lock: () => [{ metric: 'lock', means: 'password' }],
  authn_code_sent: () => [{ metric: 'code-sent' }],
  authn_code_fail: ({ reason }) => [{ metric: reason === 'expired' ? 'code-expired' : 'code-refused' }],
  authn_code_lock: () => [{ metric: 'code-refused' }, { metric: 'lock', means: 'code' }],
} satisfies EventCounts;
