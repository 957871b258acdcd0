import type { Session } from '@portillon/session';

/** What decides whether a session may administer. */
export type Administering = Pick<Session, 'means' | 'proof'> & {
  principal: Pick<Session['principal'], 'codeLimit'>;
};
