/** Whose session ended at Portillon. */
export interface LogoutNotice {
  /** `id` of the person. Null where the notice names the session alone. */
  personId: string | null;
  /** `sessionId` of the person. Null: every session of theirs ended. */
  sessionId: string | null;
}

/** What an application does when a session ended at Portillon: it drops what it holds of it. */
export abstract class LogoutHandler {
  /** May be called again for the same session: a delivery is tried until it is answered. Throw to have it tried again. */
  abstract loggedOut(notice: LogoutNotice): Promise<void>;
}
