/** A session that ended at Portillon. */
export interface LogoutNotice {
  /** `id` of the person. Null where the notice only names the session. */
  personId: string | null;
  /** `sessionId` of the person. Null: all their sessions ended. */
  sessionId: string | null;
}

/** Ends the application's session when the one at Portillon has ended. */
export abstract class LogoutHandler {
  /** Called for each notice, possibly several times: Portillon retries until it gets an answer. Throw to request a retry. */
  abstract loggedOut(notice: LogoutNotice): Promise<void>;
}
