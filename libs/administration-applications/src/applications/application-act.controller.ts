import { Body, Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiCookieAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApplicationRefusals, refusalText } from '@portillon/application';
import { ApiErrors } from '@portillon/access';
import type { FastifyReply } from 'fastify';
import { AdminAct, CurrentAdministrator, Requires } from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';
import { AdministeredApplicationService } from './administered-application.service';
import { ApplicationAct } from './application-act.decorator';
import { ApplicationStatusService } from './application-status.service';
import { ApplicationTestService } from './application-test.service';
import { ApplicationViewService } from './application-view.service';
import { AdminApplication, AdminApplicationRefusals, AdminApplicationTest } from './application-view.dto';

/** Whether an application works, why it was refused, and its closing. */
@ApiTags('Administration: applications')
@ApiCookieAuth('session')
@Controller('api/admin/applications/:id')
export class ApplicationActController {
  constructor(
    private readonly administered: AdministeredApplicationService,
    private readonly statuses: ApplicationStatusService,
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
    return this.view.answer(reply, await this.statuses.set(administrator, id, 'disabled', body.reason));
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
    return this.view.answer(reply, await this.statuses.set(administrator, id, 'active', body.reason));
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
}
