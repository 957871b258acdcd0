import { Injectable } from '@nestjs/common';
import { StructureService } from '@portillon/structure';
import type { ApplicationEntity } from '@portillon/application';
import type { Session } from '@portillon/session';
import type { AdapterPayload } from 'oidc-provider';
import { OpenidProviderService } from '../provider/openid-provider.service';
import { scopeOf } from '../provider/provider.constants';

/** The missing consent, as the library found it. */
interface Missing {
  missingOIDCScope?: string[];
  missingOIDCClaims?: string[];
  missingResourceScopes?: Record<string, string[]>;
}

/** Grants of a user to an application that does not belong to the operator. */
@Injectable()
export class ConsentService {
  constructor(
    private readonly providers: OpenidProviderService,
    private readonly structures: StructureService,
  ) {}

  /** The name of the structure that answers for the application, if one does. */
  async operatorOf({ structureId }: Pick<ApplicationEntity, 'structureId'>): Promise<string | null> {
    if (structureId === null) return null;
    return (await this.structures.names([structureId])).get(structureId)?.name ?? null;
  }

  async grant(
    { params, grantId, prompt }: AdapterPayload,
    { accountId }: Session,
  ): Promise<{ grantId: string }> {
    const { Grant } = await this.providers.current();
    const known = grantId ? await Grant.find(grantId) : undefined;
    const grant = known ?? new Grant({ accountId, clientId: String(params!['client_id']) });
    const { missingOIDCScope, missingOIDCClaims, missingResourceScopes } = prompt!.details as Missing;
    if (missingOIDCScope) grant.addOIDCScope(missingOIDCScope.join(' '));
    if (missingOIDCClaims) grant.addOIDCClaims(missingOIDCClaims);
    for (const [resource, scopes] of Object.entries(missingResourceScopes ?? {}))
      grant.addResourceScope(resource, scopes.join(' '));
    return { grantId: await grant.save() };
  }
}

/** The scopes that the page names; a claim counts as its scope. */
export function consentedScopes({ prompt }: AdapterPayload): string[] {
  const {
    missingOIDCScope = [],
    missingOIDCClaims = [],
    missingResourceScopes = {},
  } = prompt!.details as Missing;
  return [
    ...new Set([
      ...missingOIDCScope,
      ...missingOIDCClaims.map(scopeOf),
      ...Object.values(missingResourceScopes).flat(),
    ]),
  ];
}
