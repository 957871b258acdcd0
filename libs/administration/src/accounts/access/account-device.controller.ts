import { Controller, Get, Param } from '@nestjs/common';
import { ApiCookieAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiErrors } from '@portillon/access';
import { CurrentAdministrator, Requires } from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';
import { AdminAccountDevices } from './account-device.dto';
import { AccountPagesService } from '../list/account-pages.service';

@ApiTags('Administration: accounts')
@ApiCookieAuth('session')
@Controller('api/admin/accounts/:id/devices')
export class AccountDeviceController {
  constructor(private readonly pages: AccountPagesService) {}

  @Get()
  @Requires('accounts.read')
  @ApiOperation({
    summary: 'Where the person is signed in, and which browsers are remembered for them',
    description: 'The current state. Administrators’ actions on the account end these.',
  })
  @ApiOkResponse({ type: AdminAccountDevices })
  @ApiErrors({ 401: ['session.required', 'code.required'], 403: ['permission.denied'], 404: ['not-found'] })
  getAdminAccountDevices(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
  ): Promise<AdminAccountDevices> {
    return this.pages.devices(administrator, id);
  }
}
