import { Body, Controller, Param, Post, Res } from '@nestjs/common';
import { ApiCookieAuth, ApiTags } from '@nestjs/swagger';
import { AccountClosuresService, AdminAct, CurrentAdministrator } from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';
import type { FastifyReply } from 'fastify';
import { AccountAct, ErasureWishRequest } from '../account-act.dto';
import { AccountPagesService } from '../list/account-pages.service';
import { AdminAccount } from '../list/account-view.dto';
import { AccountErasuresService } from './account-erasures.service';

/** The end of an account, and its return. */
@ApiTags('Administration: accounts')
@ApiCookieAuth('session')
@Controller('api/admin/accounts/:id')
export class AccountClosureController {
  constructor(
    private readonly closure: AccountClosuresService,
    private readonly erasures: AccountErasuresService,
    private readonly view: AccountPagesService,
  ) {}

  @Post('deactivate')
  @AccountAct(
    'accounts.deactivate',
    'deactivateAdminAccount',
    'Closes an account, and ends its sessions',
    'Sessions, sign-ins in progress, remembered browsers and links end in the same transaction.',
    ['act.on-self', 'administrator.last', 'account.state'],
  )
  async deactivateAdminAccount(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
    @Body() body: AdminAct,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AdminAccount> {
    return this.view.answer(reply, await this.closure.close(administrator, id, body.reason));
  }

  @Post('reactivate')
  @AccountAct(
    'accounts.reactivate',
    'reactivateAdminAccount',
    'Opens a closed account again',
    'The person signs in with the same means as before; remembered browsers stay forgotten.',
    ['account.state'],
  )
  async reactivateAdminAccount(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
    @Body() body: AdminAct,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AdminAccount> {
    return this.view.answer(reply, await this.closure.reopen(administrator, id, body.reason));
  }

  @Post('erase')
  @AccountAct(
    'accounts.erase',
    'eraseAdminAccount',
    'Confirms the erasure that the person asked for',
    'All identifying data is deleted; the journal keeps its sealed lines without a name.',
    ['act.on-self', 'administrator.last', 'account.state'],
  )
  async eraseAdminAccount(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
    @Body() body: AdminAct,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AdminAccount> {
    return this.view.answer(reply, await this.erasures.erase(administrator, id, body.reason));
  }

  @Post('request-erasure')
  @AccountAct(
    'accounts.erase',
    'requestAdminAccountErasure',
    'Requests the erasure of a person who asked by letter or mail, or has left',
    'The erasure waits for a second administrator or 24 hours, listed in `pendingChanges`. The account holder is notified by mail.',
    ['act.on-self', 'administrator.last', 'account.state'],
  )
  async requestAdminAccountErasure(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
    @Body() body: ErasureWishRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AdminAccount> {
    return this.view.answer(reply, await this.erasures.request(administrator, id, body));
  }
}
