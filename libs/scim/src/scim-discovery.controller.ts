import { Get, Header, Param } from '@nestjs/common';
import { Requires } from '@portillon/administration';
import { AppError } from '@portillon/kernel';
import SCIMMY from 'scimmy';
import { ScimFailure } from './scim-failure';
import { listOf } from './scim-list';
import { SCIM_TYPE, ScimController } from './scim-route.decorator';

const CORE = 'urn:ietf:params:scim:schemas:core:2.0';

/** What this service understands (RFC 7644, 4). */
@ScimController('')
export class ScimDiscoveryController {
  @Get('ServiceProviderConfig')
  @Header(...SCIM_TYPE)
  @Requires('accounts.read')
  config(): object {
    const off = { supported: false };
    return {
      schemas: [`${CORE}:ServiceProviderConfig`],
      patch: { supported: true },
      bulk: { ...off, maxOperations: 0, maxPayloadSize: 0 },
      filter: { supported: true, maxResults: 100 },
      changePassword: off,
      sort: off,
      etag: { supported: true },
      authenticationSchemes: [
        {
          type: 'oauthbearertoken',
          name: 'OAuth 2.0 client credentials',
          description: 'A token of this service’s own provider, with accounts:read and accounts:write.',
        },
      ],
      meta: { resourceType: 'ServiceProviderConfig' },
    };
  }

  /** The caller is a directory, which has no account (RFC 7644, 3.11). */
  @Get('Me')
  @Requires('accounts.read')
  me(): never {
    throw new ScimFailure(501, undefined, 'A directory has no account: /Me is not supported.');
  }

  @Get('ResourceTypes')
  @Header(...SCIM_TYPE)
  @Requires('accounts.read')
  resourceTypes(): object {
    const types = ['User', 'Group'].map((name) => ({
      schemas: [`${CORE}:ResourceType`],
      id: name,
      name,
      endpoint: `/${name}s`,
      schema: `${CORE}:${name}`,
      meta: { resourceType: 'ResourceType' },
    }));
    return listOf(types, types.length, 0);
  }

  @Get('Schemas')
  @Header(...SCIM_TYPE)
  @Requires('accounts.read')
  schemas(): object {
    const all = described();
    return listOf(all, all.length, 0);
  }

  @Get('Schemas/:id')
  @Header(...SCIM_TYPE)
  @Requires('accounts.read')
  schema(@Param('id') id: string): object {
    const found = described().find((one) => one.id === id);
    if (!found) throw new AppError('not-found');
    return found;
  }
}

/** The parts of the standard's schemas that an account has. */
const USER_ATTRIBUTES = ['userName', 'name', 'displayName', 'active', 'emails'];

function described(): { id: string }[] {
  const user = SCIMMY.Schemas.User.definition.describe() as { id: string; attributes: { name: string }[] };
  const attributes = user.attributes.filter(({ name }) => USER_ATTRIBUTES.includes(name));
  return [{ ...user, attributes } as { id: string }, SCIMMY.Schemas.Group.definition.describe()];
}
