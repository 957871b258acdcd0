import type { ErrorDefinitions, FieldTexts } from '@portillon/kernel';

/** What « Administration » refuses. */
export const administrationErrors = {
  'act.on-self': {
    status: 409,
    fr: {
      title: 'Impossible sur votre propre compte',
      detail:
        'Cette action ne peut pas être faite sur votre propre compte. Demandez-la à un autre administrateur.',
    },
    en: {
      title: 'Not on your own account',
      detail: 'This act cannot be done on your own account. Ask another administrator.',
    },
  },
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
        'This is the last active national administrator: nobody could administer the service any more. Appoint another one first.',
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
  'account.state': {
    status: 409,
    fr: {
      title: 'Sans objet pour ce compte',
      detail: 'L’état actuel de ce compte ne permet pas cette action. Rechargez la page du compte.',
    },
    en: {
      title: 'Not for this account as it is',
      detail: 'The present state of this account does not allow this act. Reload the page of the account.',
    },
  },
  'structure.taken': {
    status: 409,
    fr: {
      title: 'Structure déjà enregistrée',
      detail: 'Une autre structure a déjà ce nom, ce FINESS ou ce SIRET.',
    },
    en: {
      title: 'Structure already there',
      detail: 'Another structure has this name, this FINESS or this SIRET already.',
    },
  },
  'import.state': {
    status: 409,
    fr: {
      title: 'Sans objet pour cet import',
      detail: 'L’état actuel de cet import ne permet pas cette action. Rechargez sa page.',
    },
    en: {
      title: 'Not for this import as it is',
      detail: 'The present state of this import does not allow this act. Reload its page.',
    },
  },
} as const satisfies ErrorDefinitions;

/** What can be wrong with one field. */
export const administrationFields = {
  encoding: {
    fr: 'Le fichier n’est pas un texte lisible\u00a0: enregistrez-le en CSV UTF-8.',
    en: 'The file is not a text that can be read: save it as CSV UTF-8.',
  },
  header: {
    fr: 'La première ligne doit nommer les colonnes\u00a0: identifiant, email et nom.',
    en: 'The first line must name the columns: username, email and name.',
  },
  'not-csv': {
    fr: 'Ce fichier n’est pas un tableau CSV. Ouvrez votre tableau, enregistrez-le au format CSV et choisissez ce fichier-là.',
    en: 'This file is not a CSV table. Open your table, save it as CSV and choose that file.',
  },
  double: {
    fr: 'Une ligne précédente du fichier dit la même chose.',
    en: 'An earlier line of the file says the same.',
  },
  taken: { fr: 'Cette valeur est déjà prise.', en: 'This value is taken already.' },
} as const satisfies FieldTexts;

declare module '@portillon/kernel' {
  interface ErrorRegistry {
    administration: typeof administrationErrors;
  }
}
