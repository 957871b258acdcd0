import type { Session } from '../session/session.types';

/** Whether the hours of the code of a session are over: the session opens nothing before a new one. */
export function isCodeLate({ codeValidUntilAt }: Pick<Session, 'codeValidUntilAt'>, now: Date): boolean {
  return codeValidUntilAt !== null && codeValidUntilAt <= now;
}
