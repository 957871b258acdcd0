import { applyDecorators, Body, Controller, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiCookieAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Account } from '@portillon/account';
import { Refuses, RequiresStepUp } from '@portillon/auth';
import type { ErrorCode } from '@portillon/kernel';
import type { FastifyReply } from 'fastify';
import { CurrentAdministrator } from '../administrator';
import type { Administrator } from '../administrator';
import { tellVersion } from '../if-match';
import { Act, Requires } from '../rights.guard';
import { AdminAct, EmergencyAccessRequest, NationalIdLink } from './account-act.dto';
import { AccountActService } from './account-act.service';
import { AccountPageViewService } from './account-page-view.service';
import { AdminAccount } from './account-view.dto';
import { EmergencyAccessService } from './emergency-access.service';

/** What every act on one account has in common: sensitive, marked with its right, answered with the account. */
function AccountAct(
  act: Act,
  operationId: string,
  summary: string,
  description: string,
  conflicts: ErrorCode[] = [],
) {
  return applyDecorators(
    HttpCode(200),
    RequiresStepUp(),
    Requires(act),
    ApiOperation({ operationId, summary, description }),
    ApiOkResponse({ type: AdminAccount }),
    Refuses({ 401: ['session.required', 'code.required', 'reauthentication.required'] }),
    Refuses({ 403: ['permission.denied'], 404: ['not-found'], 422: ['validation.failed'] }),
    ...(conflicts.length > 0 ? [Refuses({ 409: conflicts })] : []),
  );
}

@ApiTags('Administration: accounts')
@ApiCookieAuth('session')
@Controller('api/admin/accounts/:id')
export class AccountActController {
  constructor(
    private readonly acts: AccountActService,
    private readonly emergencyAccess: EmergencyAccessService,
    private readonly view: AccountPageViewService,
  ) {}

  @Post('unlock')
  @AccountAct(
    'accounts.unlock',
    'unlockAdminAccount',
    'Forgets wrong passwords and wrong codes',
    'The person may try again at once, and is told by mail.',
  )
  async unlockAdminAccount(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
    @Body() body: AdminAct,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AdminAccount> {
    return this.#tell(reply, await this.acts.unlock(administrator, id, body.reason));
  }

  @Post('deactivate')
  @AccountAct(
    'accounts.deactivate',
    'deactivateAdminAccount',
    'Closes the account, and whatever is open',
    'Sessions, sign-ins in progress, remembered browsers and links end in the same transaction.',
    ['act.on-self', 'administrator.last', 'account.state'],
  )
  async deactivateAdminAccount(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
    @Body() body: AdminAct,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AdminAccount> {
    return this.#tell(reply, await this.acts.deactivate(administrator, id, body.reason));
  }

  @Post('reactivate')
  @AccountAct(
    'accounts.reactivate',
    'reactivateAdminAccount',
    'Opens a closed account again',
    'The person signs in with what they had; remembered browsers stay forgotten.',
    ['account.state'],
  )
  async reactivateAdminAccount(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
    @Body() body: AdminAct,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AdminAccount> {
    return this.#tell(reply, await this.acts.reactivate(administrator, id, body.reason));
  }

  @Post('reset-factors')
  @AccountAct(
    'accounts.reset-factors',
    'resetAdminAccountFactors',
    'Forgets number, channel, remembered browsers, open codes and sessions',
    'The next code goes by mail. The password stays.',
  )
  async resetAdminAccountFactors(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
    @Body() body: AdminAct,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AdminAccount> {
    return this.#tell(reply, await this.acts.resetFactors(administrator, id, body.reason));
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
    return this.#tell(reply, await this.acts.revokeSessions(administrator, id, body.reason));
  }

  @Post('resend-invitation')
  @AccountAct(
    'accounts.resend-invitation',
    'resendAdminAccountInvitation',
    'Sends the invitation once more',
    'The link before is void.',
    ['account.state', 'channel.unavailable'],
  )
  async resendAdminAccountInvitation(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
    @Body() body: AdminAct,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AdminAccount> {
    return this.#tell(reply, await this.acts.resendInvitation(administrator, id, body.reason));
  }

  @Post('link')
  @AccountAct(
    'accounts.link',
    'linkAdminAccount',
    'Links the account to a card or an e-CPS',
    'By the national id of the person (RPPS or ADELI). One account bears it at a time.',
    ['account.state', 'account.taken'],
  )
  async linkAdminAccount(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
    @Body() body: NationalIdLink,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AdminAccount> {
    return this.#tell(reply, await this.acts.link(administrator, id, body.nationalId, body.reason));
  }

  @Post('unlink')
  @AccountAct(
    'accounts.link',
    'unlinkAdminAccount',
    'Takes the national id away',
    'Card and e-CPS no longer open this account.',
    ['account.state'],
  )
  async unlinkAdminAccount(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
    @Body() body: AdminAct,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AdminAccount> {
    return this.#tell(reply, await this.acts.unlink(administrator, id, body.reason));
  }

  @Post('erase')
  @AccountAct(
    'accounts.erase',
    'eraseAdminAccount',
    'Confirms the erasure that the person asked for',
    'What names the person is deleted; the journal keeps its sealed lines without a name.',
    ['act.on-self', 'administrator.last', 'account.state'],
  )
  async eraseAdminAccount(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
    @Body() body: AdminAct,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AdminAccount> {
    return this.#tell(reply, await this.acts.erase(administrator, id, body.reason));
  }

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
    return this.#tell(reply, await this.emergencyAccess.open(administrator, id, body));
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
    return this.#tell(reply, await this.emergencyAccess.close(administrator, id, body.reason));
  }

  #tell(reply: FastifyReply, account: Account): Promise<AdminAccount> {
    tellVersion(reply, account.version);
    return this.view.of(account);
  }
}
