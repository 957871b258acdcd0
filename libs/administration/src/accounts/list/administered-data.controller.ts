import { Body, Controller, Header, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCookieAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiErrors, RequiresStepUp } from '@portillon/access';
import { PersonalData } from '@portillon/personal-data';
import { CurrentAdministrator, ReasonedAct, Requires } from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';
import { AccountPagesService } from './account-pages.service';

/** Personal data of a person who cannot sign in. */
@ApiTags('Administration: accounts')
@ApiCookieAuth('session')
@Controller('api/admin/accounts/:id/data')
export class AdministeredDataController {
  constructor(private readonly pages: AccountPagesService) {}

  @Post()
  @HttpCode(200)
  @RequiresStepUp()
  @Requires('accounts.export-data')
  @Header('Content-Disposition', 'attachment; filename="portillon-donnees.json"')
  @ApiOperation({
    operationId: 'exportAdminAccountData',
    summary: 'All personal data of a person who cannot sign in, as a file',
    description:
      'The same as the person’s own export. It has no secrets, and no reasons written by administrators out of the caller’s reach. The journal records who exported it and why.',
  })
  @ApiOkResponse({ type: PersonalData })
  @ApiErrors({ 401: ['session.required', 'code.required', 'reauthentication.required'] })
  @ApiErrors({ 403: ['permission.denied'], 404: ['not-found'], 422: ['validation.failed'] })
  @ApiErrors({ 409: ['account.state'] })
  async exportAdminAccountData(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
    @Body() body: ReasonedAct,
  ): Promise<PersonalData> {
    return this.pages.exportData(administrator, id, body.reason);
  }
}
