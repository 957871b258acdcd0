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

/** What becomes of a mail address that waits. */
@ApiTags('Administration: accounts')
@ApiCookieAuth('session')
@Controller('api/admin/accounts/:id')
export class EmailConfirmationController {
  constructor(
    private readonly decision: ChangeDecisionService,
    private readonly view: AccountPageViewService,
  ) {}

  @Post('confirm-email')
  @ConfirmationAct(
    'accounts.edit',
    'confirmAdminAccountEmail',
    'A second administrator confirms the mail address that waits',
    'It takes effect at once: what was open ends, and a mail goes to the old address.',
    ['channel.unavailable'],
  )
  async confirmAdminAccountEmail(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
    @SeenVersion() version: number,
    @Body() body: AdminAct,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AdminAccount> {
    const account = await this.decision.confirm(administrator, id, 'email', version, body.reason);
    return this.view.answer(reply, account);
  }

  @Post('cancel-email')
  @AccountAct(
    'accounts.edit',
    'cancelAdminAccountEmail',
    'Cancels the mail address that waits',
    'The present one stays.',
    ['account.state'],
  )
  async cancelAdminAccountEmail(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
    @Body() body: AdminAct,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AdminAccount> {
    return this.view.answer(reply, await this.decision.cancel(administrator, id, 'email', body.reason));
  }
}
