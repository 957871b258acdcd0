import { AppError, FieldError } from '@portillon/kernel';
import type { AccountDraft } from './account';
import { nameKey, sortKey } from './name-key';

const USERNAME = /^[\p{L}\p{N}][\p{L}\p{N}\p{M}._@+'-]{1,63}$/u;
const EMAIL = /^[^\s@<>()[\],;:\\"\p{C}]{1,64}@[^\s@<>()[\],;:\\"\p{C}]{1,189}$/u;
/** No control, format or line character: a name goes into mail headers and logs. */
const DISPLAY_NAME = /^[^\p{C}\p{Zl}\p{Zp}]{1,120}$/u;
const NATIONAL_ID = /^[0-9A-Za-z./-]{4,32}$/;
const ROLE = /^[a-z][a-z-]{1,39}$/;

/** Widths of the columns that hold what a name becomes: compatibility forms can make one character eighteen. */
const LONGEST = { usernameKey: 192, emailKey: 254, displayNameKey: 360, roles: 255 } as const;

/** @throws AppError `validation.failed` naming every field that cannot be kept. */
export function requireValidDraft(draft: AccountDraft): void {
  const roles = draft.roles ?? [];
  const right = {
    username: USERNAME.test(draft.username) && fits(nameKey(draft.username), LONGEST.usernameKey),
    email: EMAIL.test(draft.email) && fits(nameKey(draft.email), LONGEST.emailKey),
    displayName:
      DISPLAY_NAME.test(draft.displayName) && fits(sortKey(draft.displayName), LONGEST.displayNameKey),
    roles: roles.every((role) => ROLE.test(role)) && fits(roles.join(' '), LONGEST.roles, 0),
    nationalId: draft.nationalId == null || NATIONAL_ID.test(draft.nationalId),
  };
  const wrong = Object.entries(right).filter(([, accepted]) => !accepted);
  if (wrong.length)
    throw new AppError('validation.failed', 'invalid', { errors: wrong.map(([field]) => refused(field)) });
}

function fits(text: string, longest: number, shortest = 1): boolean {
  const length = [...text].length;
  return length >= shortest && length <= longest;
}

function refused(field: string): FieldError {
  return { field, code: 'invalid', message: `${field} is not valid` };
}
