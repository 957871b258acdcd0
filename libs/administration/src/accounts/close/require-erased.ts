import { AppError } from '@portillon/kernel';
import type { ErrorCode } from '@portillon/kernel';
import type { ErasureResult } from '@portillon/personal-data';

/** @throws AppError `administrator.last`, or `changed` when the ground no longer holds: the transaction rolls back. */
export function requireErased(result: ErasureResult, changed: ErrorCode): void {
  if (result === 'last-administrator') throw new AppError('administrator.last');
  if (result === 'changed') throw new AppError(changed);
}
