import type { ErrorDefinitions } from '@portillon/kernel';

/** What can be wrong with a key. */
export const lockerKeyErrors = {
  'locker-key.rejected': {
    status: 401,
    fr: { title: 'Clé refusée', detail: 'Ce n’est pas la bonne clé, ou elle a déjà servi. Vérifiez la clé.' },
    en: { title: 'Key rejected', detail: 'This is not the right key, or it was used already. Check it.' },
  },
} as const satisfies ErrorDefinitions;

declare module '@portillon/kernel' {
  interface ErrorRegistry {
    lockerKey: typeof lockerKeyErrors;
  }
}
