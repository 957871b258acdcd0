import type { FactorDeclaration } from '@portillon/access';

/** The key of one's locker, which is good once, as a factor. */
export const lockerKeyFactor = {
  id: 'locker-key',
  code: 'locker-key',
  acr: 'eidas1-mfa',
} as const satisfies FactorDeclaration;

declare module '@portillon/access' {
  interface OwnFactorNames {
    lockerKey: 'locker-key';
  }
}

declare module '@portillon/session' {
  interface SessionFactorNames {
    lockerKey: 'locker-key';
  }
}
