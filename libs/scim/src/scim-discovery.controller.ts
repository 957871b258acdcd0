import { Get, Header, Inject, Param, Post } from '@nestjs/common';
import { Requires } from '@portillon/user-management';
import { AppError } from '@portillon/kernel';
import { ScimFailure } from './scim-error.filter';
import { listOf } from './scim-query';
import { SCIM_TYPE, ScimController } from './scim-route.decorator';
import { SCHEMAS } from './scim-schemas';
import { MODULE_OPTIONS_TOKEN, type ScimOptions } from './scim.options';

const CORE = 'urn:ietf:params:scim:schemas:core:2.0';
const TYPES = ['User', 'Group'];

/** The supported features (RFC 7644, 4). */
@ScimController('')
export class ScimDiscoveryController {
  constructor(@Inject(MODULE_OPTIONS_TOKEN) private readonly options: ScimOptions) {}

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
      meta: {
        resourceType: 'ServiceProviderConfig',
        location: `${this.options.publicUrl}/scim/v2/ServiceProviderConfig`,
      },
    };
  }

  /** The caller is a directory, which has no account (RFC 7644, 3.11). */
  @Get('Me')
  @Requires('accounts.read')
  me(): never {
    throw new ScimFailure(501, undefined, 'A directory has no account: /Me is not supported.');
  }

  /** Searches are made by GET (RFC 7644, 3.4.3). */
  @Post('.search')
  @Requires('accounts.read')
  search(): never {
    throw new ScimFailure(501, undefined, 'Not supported: search by GET.');
  }

  @Get('ResourceTypes')
  @Header(...SCIM_TYPE)
  @Requires('accounts.read')
  resourceTypes(): object {
    return whole(TYPES.map((name) => this.#resourceType(name)));
  }

  @Get('ResourceTypes/:id')
  @Header(...SCIM_TYPE)
  @Requires('accounts.read')
  resourceType(@Param('id') id: string): object {
    if (!TYPES.includes(id)) throw new AppError('not-found');
    return this.#resourceType(id);
  }

  @Get('Schemas')
  @Header(...SCIM_TYPE)
  @Requires('accounts.read')
  schemas(): object {
    return whole(SCHEMAS.map((one) => ({ ...one, meta: this.#meta('Schema', one.id) })));
  }

  @Get('Schemas/:id')
  @Header(...SCIM_TYPE)
  @Requires('accounts.read')
  schema(@Param('id') id: string): object {
    const found = SCHEMAS.find((one) => one.id === id);
    if (!found) throw new AppError('not-found');
    return { ...found, meta: this.#meta('Schema', id) };
  }

  #resourceType(name: string): object {
    return {
      schemas: [`${CORE}:ResourceType`],
      id: name,
      name,
      endpoint: `/${name}s`,
      schema: `${CORE}:${name}`,
      meta: this.#meta('ResourceType', name),
    };
  }

  #meta(resourceType: string, id: string): object {
    return { resourceType, location: `${this.options.publicUrl}/scim/v2/${resourceType}s/${id}` };
  }
}

function whole(resources: object[]): object {
  return listOf(resources, resources.length, 0);
}
