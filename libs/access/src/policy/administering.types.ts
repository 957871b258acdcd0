import type { Session } from '@portillon/session';

/** The facts that decide whether a session may administer. */
export type Administering = Pick<Session, 'means' | 'proof'> & {
  principal: Pick<Session['principal'], 'codeLimit'>;
};
