import type { FactorDeclaration } from '@portillon/access';

/** The code of an authenticator app, as a factor. */
export const totpFactor = {
  id: 'totp',
  code: 'otp',
  acr: 'eidas1-mfa',
} as const satisfies FactorDeclaration;
