import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ApiCookieAuth,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiQuery,
  ApiTags,
} from '@nestjs/swagger';
import { ApiErrors, RequiresStepUp } from '@portillon/access';
import { DirectoryChangeService } from '@portillon/account';
import { queryLimit, queryText } from '@portillon/http';
import { unknownCursor } from '@portillon/kernel';
import { AdminAct, CurrentAdministrator, ReasonedAct, Requires } from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';
import { AdminDirectoryChangePage, directoryChangeView } from './directory-change.dto';
import { DirectoryDecisionsService } from './directory-decisions.service';

const ID = /^[0-9a-f-]{36}$/;

@ApiTags('Administration: accounts')
@ApiCookieAuth('session')
@ApiErrors({ 403: ['permission.denied'], 422: ['validation.failed'] })
@Controller('api/admin/directory-changes')
export class DirectoryChangeController {
  constructor(
    private readonly changes: DirectoryChangeService,
    private readonly decisions: DirectoryDecisionsService,
  ) {}

  @Get()
  @Requires('accounts.decide')
  @ApiOperation({
    operationId: 'listAdminDirectoryChanges',
    summary: 'What the national directory shows otherwise, within reach, oldest first',
    description: 'The directory is read at night. None of these changes takes effect before it is applied.',
  })
  @ApiQuery({ name: 'cursor', required: false, type: String })
  @ApiQuery({ name: 'limit', required: false, type: Number, description: '1 to 100; default: 50.' })
  @ApiOkResponse({ type: AdminDirectoryChangePage })
  @ApiErrors({ 401: ['session.required', 'code.required'] })
  async listAdminDirectoryChanges(
    @CurrentAdministrator() administrator: Administrator,
    @Query() query: Record<string, unknown>,
  ): Promise<AdminDirectoryChangePage> {
    const limit = queryLimit(query['limit']);
    const cursor = queryText('cursor', query['cursor']);
    if (cursor !== undefined && !ID.test(cursor)) throw unknownCursor();
    const { structureIds } = administrator.scope;
    const { items, nextCursor } = await this.changes.listOpen(structureIds, { cursor, limit });
    return {
      items: items.map(directoryChangeView),
      nextCursor,
      total: await this.changes.countOpen(structureIds),
    };
  }

  @Post(':id/apply')
  @HttpCode(204)
  @RequiresStepUp()
  @Requires('accounts.decide')
  @ApiOperation({
    operationId: 'applyAdminDirectoryChange',
    summary: 'Applies what the national directory shows',
    description:
      '`inactive` closes the account; where another structure manages it, it ends the membership. `left` ends the membership, and closes the account of a person without another one. `renamed` changes the name. `replaced-id` replaces the national id, which may wait among `pendingChanges`. `closed-structure` is only set aside.',
  })
  @ApiNoContentResponse()
  @ApiErrors({ 401: ['session.required', 'code.required', 'reauthentication.required'] })
  @ApiErrors({ 403: ['account.managed-elsewhere'], 404: ['not-found'], 412: ['precondition.failed'] })
  @ApiErrors({ 409: ['account.state', 'account.taken', 'act.on-self', 'administrator.last'] })
  applyAdminDirectoryChange(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
    @Body() body: AdminAct,
  ): Promise<void> {
    return this.decisions.apply(administrator, id, body.reason);
  }

  @Post(':id/set-aside')
  @HttpCode(204)
  @RequiresStepUp()
  @Requires('accounts.decide')
  @ApiOperation({
    operationId: 'setAsideAdminDirectoryChange',
    summary: 'Sets aside what the national directory shows',
    description: 'It is not proposed again, unless the directory shows something else.',
  })
  @ApiNoContentResponse()
  @ApiErrors({ 401: ['session.required', 'code.required', 'reauthentication.required'], 404: ['not-found'] })
  setAsideAdminDirectoryChange(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
    @Body() body: ReasonedAct,
  ): Promise<void> {
    return this.decisions.setAside(administrator, id, body.reason);
  }
}
