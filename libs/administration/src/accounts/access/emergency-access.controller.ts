import { Body, Controller, Param, Post, Res } from '@nestjs/common';
import { ApiCookieAuth, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CurrentAdministrator } from '../../core/administrator.decorator';
import type { Administrator } from '../../core/administrator.types';
import { AccountAct } from '../account-act.decorator';
import { EmergencyAccessRequest } from '../account-act.dto';
import { AdminAct } from '../../core/admin-act.dto';
import { AccountPageViewService } from '../list/account-page-view.service';
import { AdminAccount } from '../list/account-view.dto';
import { EmergencyAccessEndService } from './emergency-access-end.service';
import { EmergencyAccessService } from './emergency-access.service';

/** One means, for one person, for a day at most. */
@ApiTags('Administration: accounts')
@ApiCookieAuth('session')
@Controller('api/admin/accounts/:id')
export class EmergencyAccessController {
  constructor(
    private readonly emergencyAccess: EmergencyAccessService,
    private readonly end: EmergencyAccessEndService,
    private readonly view: AccountPageViewService,
  ) {}

  @Post('emergency-access')
  @AccountAct(
    'accounts.emergency-access',
    'openAdminEmergencyAccess',
    'Opens one means for 24 hours at most; the person and every national administrator are told',
    'For a card left at home or a telephone lost: it ends by itself, and the journal says who opened it and why.',
    ['act.on-self', 'account.state'],
  )
  async openAdminEmergencyAccess(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
    @Body() body: EmergencyAccessRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AdminAccount> {
    return this.view.answer(reply, await this.emergencyAccess.open(administrator, id, body));
  }

  @Post('close-emergency-access')
  @AccountAct(
    'accounts.emergency-access',
    'closeAdminEmergencyAccess',
    'Ends it before its time',
    'Sessions opened by it end too.',
    ['account.state'],
  )
  async closeAdminEmergencyAccess(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
    @Body() body: AdminAct,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AdminAccount> {
    return this.view.answer(reply, await this.end.close(administrator, id, body.reason));
  }
}
