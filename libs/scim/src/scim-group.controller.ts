import { Delete, Get, Header, Param, Patch, Post, Put } from '@nestjs/common';
import { Requires } from '@portillon/administration';
import { AppError } from '@portillon/kernel';
import { ScimFailure } from './scim-failure';
import { listOf } from './scim-list';
import { SCIM_TYPE, ScimController } from './scim-route.decorator';

const ROLES = ['professional', 'structure-admin', 'national-admin', 'auditor'];

/** Roles, to be read: an administrator grants them, a directory never does. */
@ScimController('Groups')
export class ScimGroupController {
  @Get()
  @Header(...SCIM_TYPE)
  @Requires('accounts.read')
  list(): object {
    return listOf(ROLES.map(groupOf), ROLES.length, 0);
  }

  @Get(':id')
  @Header(...SCIM_TYPE)
  @Requires('accounts.read')
  get(@Param('id') id: string): object {
    if (!ROLES.includes(id)) throw new AppError('not-found');
    return groupOf(id);
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
}

function groupOf(role: string): object {
  const meta = { resourceType: 'Group' };
  return { schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'], id: role, displayName: role, meta };
}

function readOnly(): ScimFailure {
  return new ScimFailure(403, undefined, 'Roles are granted by an administrator: groups can be read only.');
}
