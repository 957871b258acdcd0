import type { AdapterPayload } from 'oidc-provider';
import type { OpenidArtifactService } from '../../artifacts/openid-artifact.service';
import type { OidcProviderModule } from '../load-oidc-provider';
import { applicationOf } from '../oidc-context';
import { OpenidAdapter } from './openid.adapter';

/**
 * Stores access tokens, except those of the gate. The gate needs only the ID token and passes its access token to no
 * caller; without a stored record, that token opens nothing.
 */
export class AccessTokenAdapter extends OpenidAdapter {
  constructor(artifacts: OpenidArtifactService, oidc: OidcProviderModule) {
    super('AccessToken', artifacts, oidc);
  }

  override async upsert(id: string, payload: AdapterPayload, expiresIn: number): Promise<void> {
    if (applicationOf(this.oidc.default.ctx!.oidc.client!).kind === 'gate') return;
    await super.upsert(id, payload, expiresIn);
  }
}
