import { AppError, type ErrorDefinitions } from '@portillon/kernel';

/** Errors of accounts. */
export const accountsErrors = {
  'act.on-own-request': {
    status: 409,
    fr: {
      title: 'Un autre administrateur doit confirmer',
      detail:
        'Vous avez demandé ce changement\u00a0: un autre administrateur le confirme, ou il prend effet à l’heure indiquée.',
    },
    en: {
      title: 'Another administrator must confirm',
      detail:
        'You asked for this change: another administrator confirms it, or it takes effect at the time shown.',
    },
  },
  'act.on-machine-request': {
    status: 409,
    fr: {
      title: 'Demandé par une application',
      detail:
        'Une application a demandé ce changement\u00a0: il prend effet à l’heure indiquée. Annulez-le s’il n’est pas attendu, ou demandez-le vous-même.',
    },
    en: {
      title: 'Asked for by an application',
      detail:
        'An application asked for this change: it takes effect at the time shown. Cancel it if it is not expected, or ask for it yourself.',
    },
  },
  'account.access-changed': {
    status: 409,
    fr: {
      title: 'Ce qui ouvre ce compte vient de changer',
      detail:
        'Un administrateur a changé l’adresse, l’identité ou un facteur de ce compte depuis moins de 24 heures. Donnez‑lui ce rôle passé ce délai.',
    },
    en: {
      title: 'What opens this account has just changed',
      detail:
        'An administrator has changed the address, the identity or a factor of this account within the last 24 hours. Give it this role after that time.',
    },
  },
  'act.too-new-to-confirm': {
    status: 409,
    fr: {
      title: 'Un administrateur plus ancien doit confirmer',
      detail:
        'Vous administrez depuis moins de 24 heures, ou un administrateur vient de changer ce qui ouvre votre compte\u00a0: un autre administrateur confirme, ou le changement prend effet à l’heure indiquée.',
    },
    en: {
      title: 'A longer-standing administrator must confirm',
      detail:
        'You have administered for less than 24 hours, or an administrator has just changed what opens your account: another administrator confirms, or the change takes effect at the time shown.',
    },
  },
  'administrator.last': {
    status: 409,
    fr: {
      title: 'Dernier administrateur national',
      detail:
        'C’est le dernier administrateur national actif\u00a0: personne ne pourrait plus administrer le service. Nommez-en un autre d’abord.',
    },
    en: {
      title: 'Last national administrator',
      detail:
        'This is the last active national administrator: no one could administer the service any more. Appoint another one first.',
    },
  },
  'account.managed-elsewhere': {
    status: 403,
    fr: {
      title: 'Géré par une autre structure',
      detail:
        'Cette personne travaille dans votre structure, mais une autre gère son compte. Vous pouvez changer ses rôles dans votre structure et mettre fin à son rattachement\u202f; pour le reste, adressez-vous à la structure qui gère le compte.',
    },
    en: {
      title: 'Managed by another organisation',
      detail:
        'This person works in your organisation, but another one manages the account. You can change their roles in your organisation and end their membership; for the rest, turn to the organisation that manages the account.',
    },
  },
  'account.taken': {
    status: 409,
    fr: {
      title: 'Déjà pris',
      detail:
        'Un autre compte a déjà cet identifiant ou cet identifiant national. Choisissez-en un autre, ou cherchez ce compte.',
    },
    en: {
      title: 'Already taken',
      detail:
        'Another account has this user name or this national id already. Choose another one, or look for that account.',
    },
  },
} as const satisfies ErrorDefinitions;

declare module '@portillon/kernel' {
  interface ErrorRegistry {
    administrationAccounts: typeof accountsErrors;
  }
}

/** The refusal of a user name or a national id that another account has. */
export function accountTaken(status: 'username-taken' | 'national-id-taken'): AppError {
  const field = status === 'username-taken' ? 'username' : 'nationalId';
  return new AppError('account.taken', { errors: [{ field, code: 'taken', message: '' }] });
}
