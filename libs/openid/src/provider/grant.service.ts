import { Injectable } from '@nestjs/common';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { applicationOf } from './oidc-context';

type Grant = InstanceType<KoaContextWithOIDC['oidc']['provider']['Grant']>;

/** What a person has granted to an application in this session. The operator's own applications are granted what they ask. */
@Injectable()
export class GrantService {
  /** The grant of the session, the one just consented to, or a new one for an application of the operator's. */
  async load(ctx: KoaContextWithOIDC): Promise<Grant | undefined> {
    const { client, session, account, result, provider } = ctx.oidc;
    const grantId = result?.consent?.grantId ?? session!.grantIdFor(client!.clientId);
    const known = grantId ? await provider.Grant.find(grantId) : undefined;
    if (!applicationOf(client!).trusted) return known;
    const accountId = account!.accountId;
    return this.#complete(ctx, known ?? new provider.Grant({ accountId, clientId: client!.clientId }));
  }

  async #complete(ctx: KoaContextWithOIDC, grant: Grant): Promise<Grant> {
    const before = JSON.stringify(grant);
    const { requestParamOIDCScopes, requestParamScopes, resourceServers } = ctx.oidc;
    grant.addOIDCScope([...requestParamOIDCScopes].join(' '));
    for (const [indicator, { scopes }] of Object.entries(resourceServers ?? {}))
      grant.addResourceScope(indicator, [...requestParamScopes].filter((one) => scopes.has(one)).join(' '));
    if (JSON.stringify(grant) !== before) await grant.save();
    return grant;
  }
}
