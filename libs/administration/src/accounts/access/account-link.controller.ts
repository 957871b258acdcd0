import { Body, Controller, Param, Post, Res } from '@nestjs/common';
import { ApiCookieAuth, ApiTags } from '@nestjs/swagger';
import {
  AccountIdentitiesService,
  AccountLinksService,
  AdminAct,
  CurrentAdministrator,
  InPersonProof,
} from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';
import type { FastifyReply } from 'fastify';
import { AccountAct, NationalIdLink } from '../account-act.dto';
import { AccountPagesService } from '../list/account-pages.service';
import { AdminAccount } from '../list/account-view.dto';

/** The identity of an account: the card or e-CPS that opens it, and who identified the person. */
@ApiTags('Administration: accounts')
@ApiCookieAuth('session')
@Controller('api/admin/accounts/:id')
export class AccountLinkController {
  constructor(
    private readonly links: AccountLinksService,
    private readonly identities: AccountIdentitiesService,
    private readonly view: AccountPagesService,
  ) {}

  @Post('link')
  @AccountAct(
    'accounts.link',
    'linkAdminAccount',
    'Links the account to a card or an e-CPS',
    'By the national id of the person (RPPS or ADELI), which only one account may have. For an administrator’s account, and where the structure’s `fourEyes` requires it, the change waits among `pendingChanges`.',
    ['account.state', 'account.taken'],
  )
  async linkAdminAccount(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
    @Body() body: NationalIdLink,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AdminAccount> {
    return this.view.answer(reply, await this.links.link(administrator, id, body.nationalId, body.reason));
  }

  @Post('unlink')
  @AccountAct(
    'accounts.link',
    'unlinkAdminAccount',
    'Removes the national id from an account',
    'Card and e-CPS no longer open this account.',
    ['account.state'],
  )
  async unlinkAdminAccount(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
    @Body() body: AdminAct,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AdminAccount> {
    return this.view.answer(reply, await this.links.unlink(administrator, id, body.reason));
  }

  @Post('identity')
  @AccountAct(
    'accounts.prove-identity',
    'verifyAdminAccountIdentity',
    'Attests that an account holder was identified face to face',
    'Not for one’s own account. The attestation expires after three years. The person is notified by mail.',
    ['act.on-self', 'account.state'],
  )
  async verifyAdminAccountIdentity(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
    @Body() { reason }: InPersonProof,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AdminAccount> {
    return this.view.answer(reply, await this.identities.attest(administrator, id, reason));
  }

  @Post('identity/request')
  @AccountAct(
    'accounts.prove-identity',
    'askAdminAccountIdentity',
    'Asks a person by mail to have their identity verified',
    'For an active account whose identity is not proven, or due again. At most one mail an hour.',
    ['account.state'],
  )
  async askAdminAccountIdentity(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
    @Body() { reason }: AdminAct,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AdminAccount> {
    return this.view.answer(reply, await this.identities.request(administrator, id, reason));
  }
}
