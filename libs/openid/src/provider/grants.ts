import type { KoaContextWithOIDC } from 'oidc-provider';
import { applicationOf } from './oidc-context';

type Grant = InstanceType<KoaContextWithOIDC['oidc']['provider']['Grant']>;

/**
 * Returns the session's grant, the one just consented to, or a new one for an application of the operator, which gets all that
 * it requests.
 */
export async function loadGrant(ctx: KoaContextWithOIDC): Promise<Grant | undefined> {
  const { client, account, provider } = ctx.oidc;
  const known = await knownGrant(ctx);
  if (!applicationOf(client!).trusted) return known;
  const accountId = account!.accountId;
  return complete(ctx, known ?? new provider.Grant({ accountId, clientId: client!.clientId }));
}

/** Adds this request's grant to the one with this id, by which another tab of the session just entered the application. */
export async function joinGrant(ctx: KoaContextWithOIDC, grantId: string): Promise<void> {
  const former = await ctx.oidc.provider.Grant.find(grantId);
  if (former) await addAll(former, ctx.oidc.entities.Grant!);
}

/** Adds the consent of a second tab to the existing grant, so that the tokens of the first tab stay valid. */
async function knownGrant({
  oidc: { client, session, result, provider },
}: KoaContextWithOIDC): Promise<Grant | undefined> {
  const find = async (id: string | undefined) => (id ? provider.Grant.find(id) : undefined);
  const former = await find(session!.grantIdFor(client!.clientId));
  const consented = await find(result?.consent?.grantId);
  if (former && consented) await addAll(former, consented);
  return former ?? consented;
}

async function complete(ctx: KoaContextWithOIDC, grant: Grant): Promise<Grant> {
  const { requestParamOIDCScopes, requestParamClaims, requestParamScopes, resourceServers } = ctx.oidc;
  return saveChanged(grant, () => {
    grant.addOIDCScope([...requestParamOIDCScopes].join(' '));
    grant.addOIDCClaims([...requestParamClaims]);
    for (const [indicator, { scopes }] of Object.entries(resourceServers ?? {}))
      grant.addResourceScope(indicator, [...requestParamScopes].filter((one) => scopes.has(one)).join(' '));
  });
}

function addAll(grant: Grant, { openid, resources = {} }: Grant): Promise<Grant> {
  return saveChanged(grant, () => {
    if (openid?.scope) grant.addOIDCScope(openid.scope);
    if (openid?.claims) grant.addOIDCClaims(openid.claims);
    for (const [indicator, scope] of Object.entries(resources)) grant.addResourceScope(indicator, scope);
  });
}

async function saveChanged(grant: Grant, change: () => void): Promise<Grant> {
  const before = JSON.stringify(grant);
  change();
  if (JSON.stringify(grant) !== before) await grant.save();
  return grant;
}
