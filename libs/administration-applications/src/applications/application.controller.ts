import {
  Body,
  Controller,
  Get,
  Param,
  Patch,
  Post,
  Query,
  Res,
  HttpCode,
  applyDecorators,
} from '@nestjs/common';
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
import { ApplicationRefusals, refusalText } from '@portillon/application';
import { Idempotent, queryLimit, queryText, SeenVersion } from '@portillon/http';
import { CurrentAdministrator, Requires, AdminAct } from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';
import type { FastifyReply } from 'fastify';
import {
  AdministeredApplicationService,
  applicationLineView,
  secretView,
} from './administered-application.service';
import { ApplicationEditsService } from './application-edits.service';
import { ApplicationTestService } from './application-test.service';
import {
  AdminApplication,
  AdminApplicationPage,
  AdminApplicationIssuedSecret,
  AdminApplicationRefusals,
  AdminApplicationStatistics,
  AdminApplicationTest,
} from './application-view.dto';
import { ApplicationRegistration, ApplicationUpdate, SecretRequest } from './application.dto';

/** Decorates a route that acts on one application: sensitive, with its right, answered with the application. */
function ApplicationAct(operationId: string, summary: string, description: string) {
  return applyDecorators(
    HttpCode(200),
    RequiresStepUp(),
    Requires('applications.edit'),
    ApiOperation({ operationId, summary, description }),
    ApiOkResponse({ type: AdminApplication }),
    ApiErrors({ 401: ['session.required', 'code.required', 'reauthentication.required'] }),
    ApiErrors({ 403: ['permission.denied'], 404: ['not-found'], 422: ['validation.failed'] }),
  );
}

const IF_MATCH = { name: 'If-Match', required: true, description: '`"<version>"`, as given by `ETag`.' };

@ApiTags('Administration: applications')
@ApiCookieAuth('session')
@Controller('api/admin/applications')
export class ApplicationController {
  constructor(
    private readonly administered: AdministeredApplicationService,
    private readonly edits: ApplicationEditsService,
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
      this.administered.items(page.items),
      this.administered.latestEntries(page.items.map(({ id }) => id)),
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
    return this.administered.answer(reply, await this.edits.register(administrator, draft, reason));
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
    return this.administered.answer(reply, await this.administered.get(administrator, id));
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
    return this.administered.answer(reply, edited);
  }
}

/** Whether an application works, who came, why it was refused, its secrets (two at most) and its closing. */
@ApiTags('Administration: applications')
@ApiCookieAuth('session')
@Controller('api/admin/applications/:id')
export class ApplicationActController {
  constructor(
    private readonly administered: AdministeredApplicationService,
    private readonly edits: ApplicationEditsService,
    private readonly tests: ApplicationTestService,
    private readonly refusals: ApplicationRefusals,
  ) {}

  @Post('disable')
  @ApplicationAct(
    'disableAdminApplication',
    'Disables an application',
    'Until it is enabled, no one can sign in to it, and its tokens and secrets are refused.',
  )
  async disableAdminApplication(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
    @Body() body: AdminAct,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AdminApplication> {
    return this.administered.answer(
      reply,
      await this.edits.setStatus(administrator, id, 'disabled', body.reason),
    );
  }

  @Post('enable')
  @ApplicationAct(
    'enableAdminApplication',
    'Enables a disabled application',
    'With the settings that it had before.',
  )
  async enableAdminApplication(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
    @Body() body: AdminAct,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AdminApplication> {
    return this.administered.answer(
      reply,
      await this.edits.setStatus(administrator, id, 'active', body.reason),
    );
  }

  @Post('test')
  @HttpCode(200)
  @Requires('applications.edit')
  @ApiOperation({
    summary: 'Tests the configuration of an application',
    description: 'Calls the addresses of its keys and of its sign-outs; changes nothing.',
  })
  @ApiOkResponse({ type: AdminApplicationTest })
  @ApiErrors({ 401: ['session.required', 'code.required'], 403: ['permission.denied'], 404: ['not-found'] })
  async testAdminApplication(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
  ): Promise<AdminApplicationTest> {
    const application = await this.administered.get(administrator, id);
    return { items: await this.tests.run(application, administrator.client.locale) };
  }

  @Get('refusals')
  @Requires('applications.read')
  @ApiOperation({
    summary: 'The recent refusals of an application’s requests, with their reasons',
    description:
      'The latest first: at most 50, of the last 30 days. Equal refusals are one entry with a count.',
  })
  @ApiOkResponse({ type: AdminApplicationRefusals })
  @ApiErrors({ 401: ['session.required', 'code.required'], 403: ['permission.denied'], 404: ['not-found'] })
  async listAdminApplicationRefusals(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
  ): Promise<AdminApplicationRefusals> {
    const application = await this.administered.get(administrator, id);
    const locale = administrator.client.locale;
    const items = (await this.refusals.latest(application.id)).map((refusal) => ({
      ...refusal,
      explanation: refusalText(refusal, locale),
      firstAt: refusal.firstAt.toISOString(),
      lastAt: refusal.lastAt.toISOString(),
    }));
    return { items };
  }

  @Post('secrets')
  @RequiresStepUp()
  @Requires('applications.edit')
  @ApiOperation({
    summary: 'Creates a new secret, which is shown once',
    description:
      'The previous secret stays valid: give the new one to the application, then end the old one.',
  })
  @ApiCreatedResponse({ type: AdminApplicationIssuedSecret })
  @ApiErrors({ 401: ['session.required', 'code.required', 'reauthentication.required'] })
  @ApiErrors({ 403: ['permission.denied', 'application.national-only'] })
  @ApiErrors({ 404: ['not-found'], 422: ['validation.failed'] })
  @ApiErrors({ 409: ['application.secrets-exceeded', 'application.no-secret'] })
  async createAdminApplicationSecret(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
    @Body() body: SecretRequest,
  ): Promise<AdminApplicationIssuedSecret> {
    const { expiresInDays, reason } = body;
    const { secret, value } = await this.edits.issueSecret(administrator, id, expiresInDays ?? null, reason);
    return { ...secretView(secret), secret: value, value };
  }

  @Post('secrets/:secret/end')
  @ApplicationAct('endAdminApplicationSecret', 'Ends a secret at once', 'The secret is refused afterwards.')
  @ApiErrors({ 403: ['permission.denied', 'application.national-only'] })
  async endAdminApplicationSecret(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
    @Param('secret') secret: string,
    @Body() body: AdminAct,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AdminApplication> {
    return this.administered.answer(
      reply,
      await this.edits.endSecret(administrator, id, secret, body.reason),
    );
  }

  @Get('statistics')
  @Requires('applications.read')
  @ApiOperation({
    summary: 'The entries and refusals of people at an application, by day',
    description:
      'The days with at least one entry among the last 30, oldest first. Counted when the journal is sealed, at most a minute late.',
  })
  @ApiOkResponse({ type: AdminApplicationStatistics })
  @ApiErrors({ 401: ['session.required', 'code.required'], 403: ['permission.denied'], 404: ['not-found'] })
  async getAdminApplicationStatistics(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
  ): Promise<AdminApplicationStatistics> {
    return { items: await this.administered.entriesByDay(administrator, id) };
  }
}
