import { Body, Controller, Param, Post, Res } from '@nestjs/common';
import { ApiCookieAuth, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CurrentAdministrator } from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';
import { AccountAct } from '../account-act.decorator';
import { ErasureWishRequest } from '../account-act.dto';
import { AccountPageViewService } from '../list/account-page-view.service';
import { AdminAccount } from '../list/account-view.dto';
import { ErasureRequestService } from './erasure-request.service';

/** Erases the account of a person who asked by letter or by mail, or who has left. */
@ApiTags('Administration: accounts')
@ApiCookieAuth('session')
@Controller('api/admin/accounts/:id')
export class ErasureWishController {
  constructor(
    private readonly wishes: ErasureRequestService,
    private readonly view: AccountPageViewService,
  ) {}

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
    return this.view.answer(reply, await this.wishes.request(administrator, id, body));
  }
}
