import { Body, Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiCookieAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApplicationRefusals, refusalText } from '@portillon/application';
import { ApiErrors, RequiresStepUp } from '@portillon/access';
import type { FastifyReply } from 'fastify';
import { AdminAct, CurrentAdministrator, Requires } from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';
import { AdministeredApplicationService } from './administered-application.service';
import { ApplicationAct } from './application-act.decorator';
import { ApplicationEditsService } from './application-edits.service';
import { ApplicationTestService } from './application-test.service';
import { ApplicationViewService, secretView } from './application-view.service';
import {
  AdminApplication,
  AdminApplicationIssuedSecret,
  AdminApplicationRefusals,
  AdminApplicationStatistics,
  AdminApplicationTest,
} from './application-view.dto';
import { SecretRequest } from './application.dto';

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
    private readonly view: ApplicationViewService,
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
    return this.view.answer(reply, await this.edits.setStatus(administrator, id, 'disabled', body.reason));
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
    return this.view.answer(reply, await this.edits.setStatus(administrator, id, 'active', body.reason));
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
    return this.view.answer(reply, await this.edits.endSecret(administrator, id, secret, body.reason));
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
    return { items: await this.view.entriesByDay(administrator, id) };
  }
}
