import { AppError, FieldError } from '@portillon/kernel';
import type { AccountDraft } from './account';

const USERNAME = /^[\p{L}\p{N}][\p{L}\p{N}\p{M}._@+'-]{1,63}$/u;
const EMAIL = /^[^\s@<>()[\],;:\\"\p{C}]{1,64}@[^\s@<>()[\],;:\\"\p{C}]{1,189}$/u;
/** No control, format or line character: a name goes into mail headers and logs. */
const DISPLAY_NAME = /^[^\p{C}\p{Zl}\p{Zp}]{1,120}$/u;
const NATIONAL_ID = /^[0-9A-Za-z./-]{4,32}$/;
const ROLE = /^[a-z][a-z-]{1,39}$/;

/** @throws AppError `validation.failed` naming every field that cannot be kept. */
export function requireValidDraft(draft: AccountDraft): void {
  const wrong = [
    USERNAME.test(draft.username) ? null : 'username',
    EMAIL.test(draft.email) ? null : 'email',
    DISPLAY_NAME.test(draft.displayName) && draft.displayName.trim() ? null : 'displayName',
    (draft.roles ?? []).every((role) => ROLE.test(role)) ? null : 'roles',
    draft.nationalId == null || NATIONAL_ID.test(draft.nationalId) ? null : 'nationalId',
  ].filter((field) => field !== null);
  if (wrong.length) throw new AppError('validation.failed', 'invalid', { errors: wrong.map(refused) });
}

function refused(field: string): FieldError {
  return { field, code: 'invalid', message: `${field} is not valid` };
}
