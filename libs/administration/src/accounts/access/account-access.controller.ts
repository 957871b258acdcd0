import { Body, Controller, Param, Post, Res } from '@nestjs/common';
import { ApiCookieAuth, ApiTags, ApiCreatedResponse, ApiOperation } from '@nestjs/swagger';
import { ApiErrors, RequiresStepUp } from '@portillon/access';
import { Idempotent } from '@portillon/http';
import {
  AccountAccessService,
  AccountClosuresService,
  AccountFactorsService,
  AdminAct,
  CurrentAdministrator,
  AccountInvitationsService,
  Requires,
} from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';
import type { FastifyReply } from 'fastify';
import { AccountAct, EmergencyAccessRequest, AccountInvitation } from '../account-act.dto';
import { AccountPagesService } from '../list/account-pages.service';
import { AdminAccount } from '../list/account-view.dto';

/** Actions that let a person in again, or sign them out. */
@ApiTags('Administration: accounts')
@ApiCookieAuth('session')
@Controller('api/admin/accounts/:id')
export class AccountAccessController {
  constructor(
    private readonly access: AccountAccessService,
    private readonly factors: AccountFactorsService,
    private readonly closures: AccountClosuresService,
    private readonly view: AccountPagesService,
  ) {}

  @Post('unlock')
  @AccountAct(
    'accounts.unlock',
    'unlockAdminAccount',
    'Unlocks an account: forgets wrong passwords and wrong codes',
    'The account holder may try again at once and is notified by mail. Where `passwordVoidSince` says that the password is void, they get a link to choose another.',
  )
  async unlockAdminAccount(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
    @Body() body: AdminAct,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AdminAccount> {
    return this.view.answer(reply, await this.access.unlock(administrator, id, body.reason));
  }

  @Post('reset-factors')
  @AccountAct(
    'accounts.reset-factors',
    'resetAdminAccountFactors',
    'Resets the factors of an account: number, channel, remembered browsers, open codes and sessions',
    'The next code goes by mail. The password stays.',
  )
  async resetAdminAccountFactors(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
    @Body() body: AdminAct,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AdminAccount> {
    return this.view.answer(reply, await this.factors.reset(administrator, id, body.reason));
  }

  @Post('revoke-sessions')
  @AccountAct(
    'accounts.revoke-sessions',
    'revokeAdminAccountSessions',
    'Ends the person’s sessions',
    'The next request of each is refused. Remembered browsers stay remembered.',
  )
  async revokeAdminAccountSessions(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
    @Body() body: AdminAct,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AdminAccount> {
    return this.view.answer(reply, await this.closures.endSessions(administrator, id, body.reason));
  }

  @Post('sessions/:session/end')
  @AccountAct(
    'accounts.revoke-sessions',
    'endAdminAccountSession',
    'Ends one session of the person',
    'Its next request is refused. Other sessions, and remembered browsers, stay.',
  )
  async endAdminAccountSession(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
    @Param('session') session: string,
    @Body() body: AdminAct,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AdminAccount> {
    const account = await this.closures.endSession(administrator, id, session, body.reason);
    return this.view.answer(reply, account);
  }

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
