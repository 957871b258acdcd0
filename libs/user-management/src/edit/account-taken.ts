import { AppError } from '@portillon/kernel';

/** The refusal of a user name or a national id that another account has. */
export function accountTaken(status: 'username-taken' | 'national-id-taken'): AppError {
  const field = status === 'username-taken' ? 'username' : 'nationalId';
  return new AppError('account.taken', { errors: [{ field, code: 'taken', message: '' }] });
}
