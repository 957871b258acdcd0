import type { Session } from '../session/session.types';

/** Whether the code of the session has expired: the session gives no access until a new code. */
export function isCodeLate({ codeValidUntilAt }: Pick<Session, 'codeValidUntilAt'>, now: Date): boolean {
  return codeValidUntilAt !== null && codeValidUntilAt <= now;
}
