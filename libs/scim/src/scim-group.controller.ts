import { Delete, Get, Header, Inject, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { AppError } from '@portillon/kernel';
import { Requires } from '@portillon/user-management';
import { ScimFailure } from './scim-error.filter';
import { readFilter, listOf, selected } from './scim-query';
import { SCIM_TYPE, ScimController } from './scim-route.decorator';
import { MODULE_OPTIONS_TOKEN } from './scim.options';
import type { ScimOptions } from './scim.options';

const ROLES = ['professional', 'structure-admin', 'national-admin', 'auditor'];

/** Roles, to be read: an administrator grants them, a directory never does. */
@ScimController('Groups')
export class ScimGroupController {
  constructor(@Inject(MODULE_OPTIONS_TOKEN) private readonly options: ScimOptions) {}

  @Get()
  @Header(...SCIM_TYPE)
  @Requires('accounts.read')
  list(@Query() query: Record<string, unknown>): object {
    const search = readFilter(query, ['displayName', 'id']);
    const roles = ROLES.filter((role) => !search || role === search.value);
    const groups = roles.map((role) => selected(this.#groupOf(role), query));
    return listOf(groups, groups.length, 0);
  }

  @Get(':id')
  @Header(...SCIM_TYPE)
  @Requires('accounts.read')
  get(@Param('id') id: string, @Query() query: Record<string, unknown>): object {
    if (!ROLES.includes(id)) throw new AppError('not-found');
    return selected(this.#groupOf(id), query);
  }

  @Post()
  @Requires('accounts.create')
  create(): never {
    throw readOnly();
  }

  @Put(':id')
  @Requires('accounts.edit')
  replace(): never {
    throw readOnly();
  }

  @Patch(':id')
  @Requires('accounts.edit')
  patch(): never {
    throw readOnly();
  }

  @Delete(':id')
  @Requires('accounts.edit')
  delete(): never {
    throw readOnly();
  }

  #groupOf(role: string): Record<string, unknown> {
    const meta = { resourceType: 'Group', location: `${this.options.publicUrl}/scim/v2/Groups/${role}` };
    return { schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'], id: role, displayName: role, meta };
  }
}

function readOnly(): ScimFailure {
  return new ScimFailure(403, undefined, 'Roles are granted by an administrator: groups can be read only.');
}
