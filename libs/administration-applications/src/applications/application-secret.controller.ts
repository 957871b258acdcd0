import { Body, Controller, Param, Post, Res } from '@nestjs/common';
import { ApiCookieAuth, ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiErrors, RequiresStepUp } from '@portillon/access';
import type { FastifyReply } from 'fastify';
import { AdminAct, CurrentAdministrator, Requires } from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';
import { ApplicationAct } from './application-act.decorator';
import { ApplicationSecretActService } from './application-secret-act.service';
import { ApplicationViewService, secretView } from './application-view.service';
import { AdminApplication, AdminApplicationIssuedSecret } from './application-view.dto';
import { SecretRequest } from './application.dto';

/** The secrets of an application, two at most. */
@ApiTags('Administration: applications')
@ApiCookieAuth('session')
@Controller('api/admin/applications/:id/secrets')
export class ApplicationSecretController {
  constructor(
    private readonly secrets: ApplicationSecretActService,
    private readonly view: ApplicationViewService,
  ) {}

  @Post()
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
    const { secret, value } = await this.secrets.issue(administrator, id, expiresInDays ?? null, reason);
    return { ...secretView(secret), secret: value, value };
  }

  @Post(':secret/end')
  @ApplicationAct('endAdminApplicationSecret', 'Ends a secret at once', 'The secret is refused afterwards.')
  @ApiErrors({ 403: ['permission.denied', 'application.national-only'] })
  async endAdminApplicationSecret(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
    @Param('secret') secret: string,
    @Body() body: AdminAct,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AdminApplication> {
    return this.view.answer(reply, await this.secrets.end(administrator, id, secret, body.reason));
  }
}
