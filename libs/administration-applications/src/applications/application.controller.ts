import { Body, Controller, Get, Param, Patch, Post, Query, Res } from '@nestjs/common';
import {
  ApiCookieAuth,
  ApiCreatedResponse,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiQuery,
  ApiTags,
} from '@nestjs/swagger';
import { ApiErrors, RequiresStepUp } from '@portillon/access';
import { Idempotent, queryLimit, queryText, SeenVersion } from '@portillon/http';
import type { FastifyReply } from 'fastify';
import { CurrentAdministrator, Requires } from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';
import { AdministeredApplicationService } from './administered-application.service';
import { ApplicationEditsService } from './application-edits.service';
import { ApplicationViewService, applicationLineView } from './application-view.service';
import { AdminApplication, AdminApplicationPage } from './application-view.dto';
import { ApplicationRegistration, ApplicationUpdate } from './application.dto';

const IF_MATCH = { name: 'If-Match', required: true, description: '`"<version>"`, as given by `ETag`.' };

@ApiTags('Administration: applications')
@ApiCookieAuth('session')
@Controller('api/admin/applications')
export class ApplicationController {
  constructor(
    private readonly administered: AdministeredApplicationService,
    private readonly edits: ApplicationEditsService,
    private readonly view: ApplicationViewService,
  ) {}

  @Get()
  @Requires('applications.read')
  @ApiOperation({
    summary: 'The applications within reach, by name',
    description: 'A structure’s administrator sees the applications of that structure only. Paginated.',
  })
  @ApiQuery({ name: 'cursor', required: false, type: String })
  @ApiQuery({ name: 'limit', required: false, type: Number, description: '1 to 100; default: 50.' })
  @ApiOkResponse({ type: AdminApplicationPage })
  @ApiErrors({ 401: ['session.required', 'code.required'], 403: ['permission.denied'] })
  @ApiErrors({ 422: ['validation.failed'] })
  async listAdminApplications(
    @CurrentAdministrator() administrator: Administrator,
    @Query() query: Record<string, unknown>,
  ): Promise<AdminApplicationPage> {
    const page = await this.administered.list(administrator, {
      cursor: queryText('cursor', query['cursor']),
      limit: queryLimit(query['limit']),
    });
    const [items, latest] = await Promise.all([
      this.view.items(page.items),
      this.view.latestEntries(page.items.map(({ id }) => id)),
    ]);
    return { items: items.map((item) => applicationLineView(item, latest)), nextCursor: page.nextCursor };
  }

  @Post()
  @RequiresStepUp()
  @Requires('applications.create')
  @Idempotent()
  @ApiOperation({
    summary: 'Registers an application',
    description:
      'Fields that are left out take their defaults: a secret for an application on a server, with consent, with names, without the mail address.',
  })
  @ApiCreatedResponse({ type: AdminApplication })
  @ApiErrors({ 401: ['session.required', 'code.required', 'reauthentication.required'] })
  @ApiErrors({ 400: ['idempotency-key.required', 'idempotency-key.malformed'] })
  @ApiErrors({ 403: ['permission.denied'], 404: ['not-found'], 409: ['idempotency-key.in-progress'] })
  @ApiErrors({ 422: ['validation.failed', 'idempotency-key.reused'] })
  async createAdminApplication(
    @CurrentAdministrator() administrator: Administrator,
    @Body() body: ApplicationRegistration,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AdminApplication> {
    const { reason, ...draft } = body;
    return this.view.answer(reply, await this.edits.register(administrator, draft, reason));
  }

  @Get(':id')
  @Requires('applications.read')
  @ApiOperation({
    summary: 'One application within reach',
    description: 'With its version, which `If-Match` takes, and when its secrets were last used.',
  })
  @ApiOkResponse({ type: AdminApplication })
  @ApiErrors({ 401: ['session.required', 'code.required'], 403: ['permission.denied'], 404: ['not-found'] })
  async getAdminApplication(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AdminApplication> {
    return this.view.answer(reply, await this.administered.get(administrator, id));
  }

  @Patch(':id')
  @RequiresStepUp()
  @Requires('applications.edit')
  @ApiOperation({
    summary: 'Changes an application',
    description:
      'Fields that are left out stay unchanged; the kind and the structure never change. `If-Match` is the version that the caller has read; the answer is 412 when it has changed since.',
  })
  @ApiHeader(IF_MATCH)
  @ApiOkResponse({ type: AdminApplication })
  @ApiErrors({ 401: ['session.required', 'code.required', 'reauthentication.required'] })
  @ApiErrors({ 403: ['permission.denied', 'application.national-only'], 404: ['not-found'] })
  @ApiErrors({ 412: ['precondition.failed'], 422: ['validation.failed'], 428: ['precondition.required'] })
  async updateAdminApplication(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
    @SeenVersion() version: number,
    @Body() body: ApplicationUpdate,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AdminApplication> {
    const { reason, ...changes } = body;
    const edited = await this.edits.edit(administrator, id, changes, version, reason);
    return this.view.answer(reply, edited);
  }
}
