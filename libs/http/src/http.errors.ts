import type { ErrorDefinitions, FieldTexts } from '@portillon/kernel';
import { fieldForms } from './field-forms';

/** Errors of HTTP, and those of any route. */
export const httpErrors = {
  'origin.refused': {
    status: 403,
    fr: {
      title: 'Origine refusée',
      detail: 'Cette demande ne vient pas du site de Portillon. Ouvrez le service à son adresse habituelle.',
    },
    en: {
      title: 'Origin refused',
      detail: 'This request does not come from Portillon’s own site. Open the service at its usual address.',
    },
  },
  'permission.denied': {
    status: 403,
    fr: {
      title: 'Action non autorisée',
      detail:
        'Vos droits ne permettent pas cette action. Adressez-vous à l’administrateur de votre structure.',
    },
    en: {
      title: 'Not allowed',
      detail: 'Your rights do not allow this. Ask the administrator of your structure.',
    },
  },
  'not-found': {
    status: 404,
    fr: { title: 'Introuvable', detail: 'Ce que vous demandez n’existe pas ou n’existe plus.' },
    en: { title: 'Not found', detail: 'What you ask for does not exist, or no longer does.' },
  },
  'method.not-allowed': {
    status: 405,
    fr: {
      title: 'Méthode non permise',
      detail: 'Cette adresse ne s’utilise pas ainsi. Consultez la documentation de l’API.',
    },
    en: {
      title: 'Method not allowed',
      detail: 'This address is not used that way. See the API documentation.',
    },
  },
  'request.malformed': {
    status: 400,
    fr: {
      title: 'Demande illisible',
      detail: 'La demande n’est pas du HTTP valable, ou n’est pas arrivée en entier. Recommencez.',
    },
    en: {
      title: 'Unreadable request',
      detail: 'The request is not valid HTTP, or did not arrive whole. Try again.',
    },
  },
  'headers.too-large': {
    status: 431,
    fr: {
      title: 'En-têtes trop volumineux',
      detail:
        'Les en-têtes de la demande dépassent 16 Kio. Dans un navigateur, effacez les cookies de ce site, puis recommencez.',
    },
    en: {
      title: 'Headers too large',
      detail:
        'The headers of the request are over 16 KiB. In a browser, clear the cookies of this site, then try again.',
    },
  },
  'body.malformed': {
    status: 400,
    fr: { title: 'Demande illisible', detail: 'Le corps de la demande n’est pas du JSON valable.' },
    en: { title: 'Unreadable request', detail: 'The body of the request is not valid JSON.' },
  },
  'body.too-large': {
    status: 413,
    fr: { title: 'Demande trop volumineuse', detail: 'Le corps de la demande dépasse 64 Kio.' },
    en: { title: 'Request too large', detail: 'The body of the request is over 64 KiB.' },
  },
  'media-type.unsupported': {
    status: 415,
    fr: {
      title: 'Type de contenu non pris en charge',
      detail: 'Le corps de la demande doit être du JSON (application/json).',
    },
    en: {
      title: 'Unsupported media type',
      detail: 'The body of the request must be JSON (application/json).',
    },
  },
  'precondition.failed': {
    status: 412,
    fr: {
      title: 'Modifié entre-temps',
      detail:
        'Quelqu’un a modifié cet élément depuis que vous l’avez ouvert. Rien n’a été écrasé\u00a0: rechargez-le, puis refaites votre modification.',
    },
    en: {
      title: 'Changed in the meantime',
      detail:
        'Somebody changed this since you opened it. Nothing was overwritten: reload it, then make your change again.',
    },
  },
  'precondition.required': {
    status: 428,
    fr: {
      title: 'Version manquante',
      detail: 'Cette modification doit indiquer la version qu’elle a vue (en-tête If-Match).',
    },
    en: { title: 'Version missing', detail: 'This change must say which version it saw (header If-Match).' },
  },
} as const satisfies ErrorDefinitions;

/** Faults of one field. */
export const httpFields = {
  required: { fr: 'Ce champ est obligatoire.', en: 'This field is required.' },
  type: { fr: 'Cette valeur n’est pas du type attendu.', en: 'This value is not of the expected type.' },
  choice: {
    fr: 'Cette valeur ne fait pas partie des choix possibles.',
    en: 'This value is not one of the possible choices.',
  },
  'too-long': { fr: 'Cette valeur est trop longue.', en: 'This value is too long.' },
  format: {
    fr: 'Écrivez ce champ sur une seule ligne, sans caractère invisible.',
    en: 'Write this field on one line, without invisible characters.',
  },
  ...fieldForms,
  'unknown-field': { fr: 'Ce champ n’est pas connu.', en: 'This field is not known.' },
} as const satisfies FieldTexts;

declare module '@portillon/kernel' {
  interface ErrorRegistry {
    http: typeof httpErrors;
  }
}
