import { Body, Controller, Param, Post, Res } from '@nestjs/common';
import { ApiCookieAuth, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CurrentAdministrator } from '../core/administrator.decorator';
import type { Administrator } from '../core/administrator.types';
import { SeenVersion } from '../core/seen-version.decorator';
import { AccountAct, ConfirmationAct } from './account-act.decorator';
import { AdminAct } from '../core/admin-act.dto';
import { AccountPageViewService } from './account-page-view.service';
import { AdminAccount } from './account-view.dto';
import { ChangeDecisionService } from './change-decision.service';

/** What becomes of a card, an e-CPS or a role that waits. */
@ApiTags('Administration: accounts')
@ApiCookieAuth('session')
@Controller('api/admin/accounts/:id')
export class PendingChangeController {
  constructor(
    private readonly decision: ChangeDecisionService,
    private readonly view: AccountPageViewService,
  ) {}

  @Post('confirm-link')
  @ConfirmationAct(
    'accounts.link',
    'confirmAdminAccountLink',
    'A second administrator confirms the card or the e-CPS that waits',
    'It opens the account at once, and the person is told by mail.',
    ['account.taken'],
  )
  async confirmAdminAccountLink(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
    @SeenVersion() version: number,
    @Body() body: AdminAct,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AdminAccount> {
    const account = await this.decision.confirm(administrator, id, 'identity', version, body.reason);
    return this.view.answer(reply, account);
  }

  @Post('cancel-link')
  @AccountAct(
    'accounts.link',
    'cancelAdminAccountLink',
    'Cancels the card or the e-CPS that waits',
    'None opens the account.',
    ['account.state'],
  )
  async cancelAdminAccountLink(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
    @Body() body: AdminAct,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AdminAccount> {
    const account = await this.decision.cancel(administrator, id, 'identity', body.reason);
    return this.view.answer(reply, account);
  }

  @Post('confirm-roles')
  @ConfirmationAct(
    'accounts.edit',
    'confirmAdminAccountRoles',
    'A second administrator confirms the roles that wait',
    'They hold at once, in open sessions too, and the person is told by mail.',
    [],
  )
  async confirmAdminAccountRoles(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
    @SeenVersion() version: number,
    @Body() body: AdminAct,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AdminAccount> {
    const account = await this.decision.confirm(administrator, id, 'roles', version, body.reason);
    return this.view.answer(reply, account);
  }

  @Post('cancel-roles')
  @AccountAct(
    'accounts.edit',
    'cancelAdminAccountRoles',
    'Cancels the roles that wait',
    'The present ones stay.',
    ['account.state'],
  )
  async cancelAdminAccountRoles(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
    @Body() body: AdminAct,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AdminAccount> {
    const account = await this.decision.cancel(administrator, id, 'roles', body.reason);
    return this.view.answer(reply, account);
  }
}
