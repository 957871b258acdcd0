import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiCookieAuth, ApiOkResponse, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { ApiErrors } from '@portillon/access';
import { CurrentAdministrator, isManagedWithin, Requires } from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';
import { queryText } from '@portillon/http';
import { AccountWaysInService } from './account-ways-in.service';
import { AdminWaysIn, waysInView } from './ways-in.dto';

@ApiTags('Administration: accounts')
@ApiCookieAuth('session')
@Controller('api/admin/accounts/:id/ways-in')
export class WaysInController {
  constructor(private readonly waysIn: AccountWaysInService) {}

  @Get()
  @Requires('accounts.read')
  @ApiOperation({
    summary: 'Whether the person can enter now, by which means, and what keeps them out',
    description:
      'Uses the decisions of a sign-in and counts nothing. Assumes an unknown browser, and a network whose limits are not reached.',
  })
  @ApiQuery({
    name: 'application',
    required: false,
    type: String,
    description: 'The id of an application to include; not of a person whom another structure manages.',
  })
  @ApiOkResponse({ type: AdminWaysIn })
  @ApiErrors({
    401: ['session.required', 'code.required'],
    403: ['permission.denied', 'account.managed-elsewhere'],
  })
  @ApiErrors({ 404: ['not-found'], 422: ['validation.failed'] })
  async getAdminAccountWaysIn(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
    @Query('application') asked?: unknown,
  ): Promise<AdminWaysIn> {
    const { account, waysIn, application } = await this.waysIn.read(
      administrator,
      id,
      queryText('application', asked),
    );
    return waysInView(account, waysIn, isManagedWithin(administrator.scope, account), application);
  }
}
