import { Body, Controller, Param, Post, Res } from '@nestjs/common';
import { ApiCookieAuth, ApiHeader, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiErrors } from '@portillon/access';
import { PENDING_CHANGE_KINDS } from '@portillon/account';
import type { FastifyReply } from 'fastify';
import { AdminAct, CurrentAdministrator } from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';
import { SeenVersion } from '@portillon/http';
import { AccountAct } from '../account-act.dto';
import { AccountPagesService } from '../list/account-pages.service';
import { AdminAccount } from '../list/account-view.dto';
import { ChangeDecisionService } from './change-decision.service';

/** The decision on what an administrator requested and what waits: a mail address, a card, roles, an erasure. */
@ApiTags('Administration: accounts')
@ApiCookieAuth('session')
@ApiParam({ name: 'kind', enum: PENDING_CHANGE_KINDS, enumName: 'PendingChangeKind' })
@Controller('api/admin/accounts/:id/pending-changes/:kind')
export class PendingChangeController {
  constructor(
    private readonly decision: ChangeDecisionService,
    private readonly view: AccountPagesService,
  ) {}

  @Post('confirm')
  @AccountAct(
    'accounts.decide',
    'confirmAdminPendingChange',
    'A second administrator confirms a change that waits',
    '`If-Match` is the version that the caller has read with the change. The change takes effect at once. A new mail address ends open sessions and codes, roles apply to open sessions, a hand-over is confirmed by the structure that receives the account, an erasure deletes all identifying data. The person is notified by mail.',
    ['account.state', 'act.on-own-request', 'act.on-machine-request', 'act.too-new-to-confirm'],
  )
  @ApiHeader({ name: 'If-Match', required: true, description: '`"<version>"`, as given by `ETag`.' })
  @ApiErrors({ 409: ['account.taken', 'act.on-self', 'administrator.last', 'channel.unavailable'] })
  @ApiErrors({ 428: ['precondition.required'] })
  async confirmAdminPendingChange(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
    @Param('kind') kind: string,
    @SeenVersion() version: number,
    @Body() body: AdminAct,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AdminAccount> {
    const account = await this.decision.confirm(administrator, id, kind, version, body.reason);
    return this.view.answer(reply, account, administrator.scope);
  }

  @Post('cancel')
  @AccountAct(
    'accounts.decide',
    'cancelAdminPendingChange',
    'Cancels a change that waits',
    'The account stays as it is.',
    ['account.state'],
  )
  async cancelAdminPendingChange(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
    @Param('kind') kind: string,
    @Body() body: AdminAct,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AdminAccount> {
    const account = await this.decision.cancel(administrator, id, kind, body.reason);
    return this.view.answer(reply, account, administrator.scope);
  }
}
