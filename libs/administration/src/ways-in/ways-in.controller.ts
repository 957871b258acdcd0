import { Controller, Get, Param } from '@nestjs/common';
import { ApiCookieAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Refuses } from '@portillon/access';
import { CurrentAdministrator } from '../core/administrator.decorator';
import type { Administrator } from '../core/administrator.types';
import { Requires } from '../core/requires.decorator';
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
    operationId: 'getAdminAccountWaysIn',
    summary: 'Whether the person can enter now, by which means, and what keeps them out',
    description:
      'By the very decisions of a sign-in, without one: nothing is counted. As of a browser that is not known, and a network that has used up none of its limits.',
  })
  @ApiOkResponse({ type: AdminWaysIn })
  @Refuses({ 401: ['session.required', 'code.required'], 403: ['permission.denied'], 404: ['not-found'] })
  async getAdminAccountWaysIn(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
  ): Promise<AdminWaysIn> {
    return waysInView(await this.waysIn.read(administrator, id));
  }
}
