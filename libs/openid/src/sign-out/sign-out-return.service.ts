import { Injectable } from '@nestjs/common';
import { ApplicationService } from '@portillon/application';
import { issueToken, MINUTE, Random, SECOND } from '@portillon/kernel';
import { OpenidArtifactService } from '../artifacts/openid-artifact.service';

const MODEL = 'SignOutReturn';
/** As long as the browser has to sign out elsewhere. */
export const RETURN_SECONDS = (15 * MINUTE) / SECOND;

/** The checked request of an application for a sign-out. */
export interface AskedSignOut {
  clientId?: string | undefined;
  postLogoutRedirectUri?: string | undefined;
  /** The application's own value, returned unchanged. */
  state?: string | undefined;
}

/** Where the browser returns after a sign-out elsewhere: stored here, never in an address. */
@Injectable()
export class SignOutReturnService {
  constructor(
    private readonly artifacts: OpenidArtifactService,
    private readonly applications: ApplicationService,
    private readonly random: Random,
  ) {}

  /** A token for this browser; nothing when the application named no address. */
  async keep({ clientId, postLogoutRedirectUri, state }: AskedSignOut): Promise<string | undefined> {
    if (!clientId || !postLogoutRedirectUri) return undefined;
    const { value } = issueToken(this.random);
    const asked: AskedSignOut = { clientId, postLogoutRedirectUri, state };
    await this.artifacts.put(MODEL, value, { state: { ...asked } }, RETURN_SECONDS);
    return value;
  }

  /** The application's address, once; nothing when it is no longer one of an active application. */
  async take(token: string | undefined): Promise<string | undefined> {
    const kept = token === undefined ? undefined : await this.artifacts.find(MODEL, token);
    if (!kept || !(await this.artifacts.consume(MODEL, token!))) return undefined;
    const { clientId, postLogoutRedirectUri, state } = kept.state as AskedSignOut;
    const application = await this.applications.get(clientId!);
    if (application?.status !== 'active') return undefined;
    if (!application.postLogoutRedirectUris.includes(postLogoutRedirectUri!)) return undefined;
    return withState(postLogoutRedirectUri!, state);
  }
}

function withState(address: string, state: string | undefined): string {
  const url = new URL(address);
  if (state !== undefined) url.searchParams.set('state', state);
  return url.href;
}
