import { Injectable } from '@nestjs/common';
import { Clock, DAY, addMilliseconds } from '@portillon/kernel';
import type { Session } from '@portillon/session';
import type { AdapterPayload, ClientAuthorizationState } from 'oidc-provider';
import { OpenidArtifactService } from '../artifacts/openid-artifact.service';
import { OpenidSessionClientRepository } from './openid-session-client.repository';
import type { OpenidSessionClientEntity } from './openid-session-client.repository';

/** The state of the sign-out page until it is confirmed: by the library's cookie, or by our session. */
const BROWSER = 'Session';
const SIGN_OUT = 'SignOut';

/** As long as the line of a session is kept. */
export const APPLICATION_ENTRY_KEPT_MS = 30 * DAY;

/** An application that a session entered. */
export type EnteredApplication = Pick<
  OpenidSessionClientEntity,
  'sessionId' | 'applicationId' | 'grantId' | 'createdAt' | 'lastUsedAt' | 'endedAt'
>;

/** An application's entry in a session. A code is bound to it, and so is everything issued for the code. */
export type Entering = Pick<
  OpenidSessionClientEntity,
  'sessionId' | 'applicationId' | 'accountId' | 'sid' | 'grantId'
>;

/** The library's data of a grant. */
interface Granted {
  openid?: { scope?: string };
  resources?: Record<string, string>;
}

type Authorizations = Record<string, ClientAuthorizationState>;

/** The data that the library stores of a session, beside our session behind it. */
@Injectable()
export class SessionClientService {
  constructor(
    private readonly rows: OpenidSessionClientRepository,
    private readonly artifacts: OpenidArtifactService,
    private readonly clock: Clock,
  ) {}

  /** Stores the state of a sign-out. {@link enter} records applications. */
  async save(id: string, payload: AdapterPayload, seconds: number): Promise<void> {
    const { uid, accountId, state } = payload;
    if (!accountId) return this.artifacts.put(BROWSER, id, browserPart(payload), seconds);
    if (state) await this.artifacts.put(SIGN_OUT, uid!, { state }, seconds);
  }

  /**
   * Records the entry to an application. When several tabs enter it at once, one entry remains and all tabs receive it.
   * `former`: the grant that the session had when the request came; the new grant replaces it.
   */
  async enter(entering: Entering, former: string | undefined): Promise<Entering & { isFirst: boolean }> {
    const now = this.clock.now();
    const row = { ...entering, createdAt: now, lastUsedAt: now, endedAt: null };
    const stands =
      former === undefined
        ? (await this.rows.add(row)) || (await this.rows.reopen(row))
        : await this.rows.renew(row, former);
    if (stands) return { ...entering, isFirst: former === undefined };
    return { ...((await this.rows.find(entering)) ?? entering), isFirst: false };
  }

  async authorizationsOf(sessionId: string): Promise<Authorizations> {
    const rows = await this.rows.ofSession(sessionId);
    return Object.fromEntries(rows.map((row) => [row.applicationId, stateOf(row)]));
  }

  /** The state of the sign-out page for this session. */
  async signOutOf(session: Session): Promise<AdapterPayload['state']> {
    return (await this.artifacts.find(SIGN_OUT, session.id))?.state;
  }

  /** Returns the session that an application knows by this `sid`; undefined for the `sid` of another application. */
  async sessionOf(sid: string, applicationId: string): Promise<string | undefined> {
    return (await this.entryOf(sid, applicationId))?.sessionId;
  }

  /** Returns the session that an application knows by this `sid`, with the grant. */
  async entryOf(sid: string, applicationId: string): Promise<Entering | undefined> {
    const found = await this.rows.findBySid(sid);
    return found?.applicationId === applicationId ? found : undefined;
  }

  /** The applications that the user opened, in any session of the last 30 days. */
  entriesOf(accountId: string): Promise<EnteredApplication[]> {
    return this.rows.ofAccount(accountId);
  }

  /** The scopes that a user granted. Empty when the session or the user has ended the grant. */
  async scopesOf(grantId: string): Promise<string[]> {
    const grant = (await this.artifacts.find('Grant', grantId)) as Granted | undefined;
    const { openid, resources = {} } = grant ?? {};
    const scopes = [openid?.scope ?? '', ...Object.values(resources)].flatMap((words) => words.split(' '));
    return [...new Set(scopes.filter(Boolean))];
  }

  findAnonymous(id: string): Promise<AdapterPayload | undefined> {
    return this.artifacts.find(BROWSER, id);
  }

  forgetAnonymous(id: string): Promise<void> {
    return this.artifacts.delete(BROWSER, id);
  }

  /** Deletes at most `batch` rows that have been kept long enough. Returns the number. */
  purge(batch: number): Promise<number> {
    return this.rows.deleteMadeBefore(addMilliseconds(this.clock.now(), -APPLICATION_ENTRY_KEPT_MS), batch);
  }
}

function browserPart({ kind, jti, uid, iat, exp, state }: AdapterPayload): AdapterPayload {
  return { kind, jti, uid, iat, exp, state };
}

function stateOf({
  sid,
  grantId,
}: Pick<OpenidSessionClientEntity, 'sid' | 'grantId'>): ClientAuthorizationState {
  return { sid, ...(grantId && { grantId }) };
}
