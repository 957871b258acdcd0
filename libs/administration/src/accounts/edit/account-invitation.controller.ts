import { Body, Controller, Param, Post, Res } from '@nestjs/common';
import { ApiCookieAuth, ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiErrors, RequiresStepUp } from '@portillon/access';
import { Idempotent } from '@portillon/http';
import type { FastifyReply } from 'fastify';
import {
  AccountInvitationsService,
  AdminAct,
  CurrentAdministrator,
  Requires,
} from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';
import { AccountAct } from '../account-act.decorator';
import { AccountInvitation } from '../account-act.dto';
import { AccountPagesService } from '../list/account-pages.service';
import { AdminAccount } from '../list/account-view.dto';

/** The invitation by which an account begins. */
@ApiTags('Administration: accounts')
@ApiCookieAuth('session')
@Controller('api/admin/accounts')
export class AccountInvitationController {
  constructor(
    private readonly invitations: AccountInvitationsService,
    private readonly view: AccountPagesService,
  ) {}

  @Post()
  @RequiresStepUp()
  @Requires('accounts.create')
  @Idempotent()
  @ApiOperation({
    summary: 'Creates an account and invites its holder by mail',
    description:
      'The link in the mail works once, for seven days. A user name that exists already is refused.',
  })
  @ApiCreatedResponse({ type: AdminAccount })
  @ApiErrors({ 401: ['session.required', 'code.required', 'reauthentication.required'] })
  @ApiErrors({ 400: ['idempotency-key.required', 'idempotency-key.malformed'] })
  @ApiErrors({ 403: ['permission.denied'], 404: ['not-found'] })
  @ApiErrors({ 409: ['account.taken', 'channel.unavailable', 'idempotency-key.in-progress'] })
  @ApiErrors({ 422: ['validation.failed', 'idempotency-key.reused'] })
  async inviteAdminAccount(
    @CurrentAdministrator() administrator: Administrator,
    @Body() body: AccountInvitation,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AdminAccount> {
    return this.view.answer(reply, await this.invitations.invite(administrator, body));
  }

  @Post(':id/resend-invitation')
  @AccountAct(
    'accounts.resend-invitation',
    'resendAdminAccountInvitation',
    'Sends the invitation once more',
    'The previous link becomes void.',
    ['account.state', 'channel.unavailable'],
  )
  async resendAdminAccountInvitation(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
    @Body() body: AdminAct,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AdminAccount> {
    return this.view.answer(reply, await this.invitations.inviteAgain(administrator, id, body.reason));
  }
}
