import type { Account } from '@portillon/account';
import type { PasswordHashingService } from '@portillon/credential';
import { AppError } from '@portillon/kernel';

/** @throws AppError `password.weak` with the reasons, when the person may not take this password */
export function refuseWeakPassword(
  passwords: PasswordHashingService,
  account: Account,
  newPassword: string,
): void {
  const own = [account.username, account.displayName, account.email];
  const { acceptable, reasons } = passwords.assess(newPassword, own);
  if (acceptable) return;
  throw new AppError('password.weak', 'invalid', {
    errors: reasons.map((code) => ({ field: 'newPassword', code, message: '' })),
  });
}
