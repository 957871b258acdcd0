import type { ErrorDefinitions } from '@portillon/kernel';

/** What is refused, and what the caller does next. */
export const lockerErrors = {
  'locker.unknown': {
    status: 404,
    fr: { title: 'Casier introuvable', detail: 'Ce casier n’existe pas. Vérifiez son numéro.' },
    en: { title: 'Locker not found', detail: 'There is no such locker. Check its number.' },
  },
  'locker.open': {
    status: 409,
    fr: {
      title: 'Casier déjà ouvert',
      detail: 'Ce casier est ouvert. Fermez-le, ou choisissez-en un autre.',
    },
    en: { title: 'Locker open already', detail: 'This locker is open. Close it, or choose another.' },
  },
} as const satisfies ErrorDefinitions;

declare module '@portillon/kernel' {
  interface ErrorRegistry {
    locker: typeof lockerErrors;
  }
}
