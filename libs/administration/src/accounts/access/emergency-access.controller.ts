import { Body, Controller, Param, Post, Res } from '@nestjs/common';
import { ApiCookieAuth, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { AccountAccessService, AdminAct, CurrentAdministrator } from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';
import { AccountAct } from '../account-act.decorator';
import { EmergencyAccessRequest } from '../account-act.dto';
import { AccountPageViewService } from '../list/account-page-view.service';
import { AdminAccount } from '../list/account-view.dto';

/** One means, for one person, for a day at most. */
@ApiTags('Administration: accounts')
@ApiCookieAuth('session')
@Controller('api/admin/accounts/:id')
export class EmergencyAccessController {
  constructor(
    private readonly access: AccountAccessService,
    private readonly view: AccountPageViewService,
  ) {}

  @Post('emergency-access')
  @AccountAct(
    'accounts.emergency-access',
    'openAdminEmergencyAccess',
    'Opens one means for at most 24 hours; notifies the account holder and every national administrator',
    'For a forgotten card or a lost telephone. The access ends automatically, and the journal records who opened it and why.',
    ['act.on-self', 'account.state'],
  )
  async openAdminEmergencyAccess(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
    @Body() body: EmergencyAccessRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AdminAccount> {
    return this.view.answer(reply, await this.access.openEmergencyAccess(administrator, id, body));
  }

  @Post('close-emergency-access')
  @AccountAct(
    'accounts.emergency-access',
    'closeAdminEmergencyAccess',
    'Ends an emergency access early',
    'Also ends the sessions that it opened.',
    ['account.state'],
  )
  async closeAdminEmergencyAccess(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
    @Body() body: AdminAct,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AdminAccount> {
    return this.view.answer(reply, await this.access.closeEmergencyAccess(administrator, id, body.reason));
  }
}
