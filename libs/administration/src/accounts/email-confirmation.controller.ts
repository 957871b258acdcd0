import { Body, Controller, Param, Post, Res } from '@nestjs/common';
import { ApiCookieAuth, ApiHeader, ApiTags } from '@nestjs/swagger';
import { Refuses } from '@portillon/auth';
import type { FastifyReply } from 'fastify';
import { CurrentAdministrator } from '../administrator.decorator';
import type { Administrator } from '../administrator.types';
import { SeenVersion } from '../seen-version.decorator';
import { AccountAct } from './account-act.decorator';
import { AdminAct } from './account-act.dto';
import { AccountPageViewService } from './account-page-view.service';
import { AdminAccount } from './account-view.dto';
import { EmailConfirmationService } from './email-confirmation.service';

/** What becomes of a mail address that waits. */
@ApiTags('Administration: accounts')
@ApiCookieAuth('session')
@Controller('api/admin/accounts/:id')
export class EmailConfirmationController {
  constructor(
    private readonly confirmation: EmailConfirmationService,
    private readonly view: AccountPageViewService,
  ) {}

  @Post('confirm-email')
  @AccountAct(
    'accounts.edit',
    'confirmAdminAccountEmail',
    'A second administrator confirms the mail address that waits',
    '`If-Match` carries the version that was seen with it. It takes effect at once: what was open ends, and a mail goes to the old address.',
    ['account.state', 'act.on-own-request', 'channel.unavailable'],
  )
  @ApiHeader({ name: 'If-Match', required: true, description: '`"<version>"`, as the `ETag` told.' })
  @Refuses({ 412: ['precondition.failed'], 428: ['precondition.required'] })
  async confirmAdminAccountEmail(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
    @SeenVersion() version: number,
    @Body() body: AdminAct,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AdminAccount> {
    return this.view.answer(reply, await this.confirmation.confirm(administrator, id, version, body.reason));
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
    return this.view.answer(reply, await this.confirmation.cancel(administrator, id, body.reason));
  }
}
