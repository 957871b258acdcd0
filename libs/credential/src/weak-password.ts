import { AppError } from '@portillon/kernel';
import type { PasswordHashingService } from './password-hashing.service';

/** Whose names a password must not hold. */
export interface PasswordOwner {
  username: string;
  displayName: string;
  email: string;
}

/** @throws AppError `password.weak` with the reasons, when the person may not take this password */
export function refuseWeakPassword(
  passwords: PasswordHashingService,
  owner: PasswordOwner,
  newPassword: string,
): void {
  const own = [owner.username, owner.displayName, owner.email];
  const { acceptable, reasons } = passwords.assess(newPassword, own);
  if (acceptable) return;
  throw new AppError('password.weak', {
    errors: reasons.map((code) => ({ field: 'newPassword', code, message: '' })),
  });
}
