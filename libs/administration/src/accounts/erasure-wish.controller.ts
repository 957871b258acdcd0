import { Body, Controller, Param, Post, Res } from '@nestjs/common';
import { ApiCookieAuth, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { AdminAct } from '../core/admin-act.dto';
import { CurrentAdministrator } from '../core/administrator.decorator';
import type { Administrator } from '../core/administrator.types';
import { SeenVersion } from '../core/seen-version.decorator';
import { AccountAct, ConfirmationAct } from './account-act.decorator';
import { ErasureWishRequest } from './account-act.dto';
import { AccountPageViewService } from './account-page-view.service';
import { AdminAccount } from './account-view.dto';
import { ChangeDecisionService } from './change-decision.service';
import { ErasureWishService } from './erasure-wish.service';

/** The erasure of who asked by letter or by mail, or has left. */
@ApiTags('Administration: accounts')
@ApiCookieAuth('session')
@Controller('api/admin/accounts/:id')
export class ErasureWishController {
  constructor(
    private readonly wishes: ErasureWishService,
    private readonly decision: ChangeDecisionService,
    private readonly view: AccountPageViewService,
  ) {}

  @Post('request-erasure')
  @AccountAct(
    'accounts.erase',
    'requestAdminAccountErasure',
    'Asks for the erasure of a person who asked by another means, or has left',
    'It waits for a second administrator or 24 hours, and the person is told by mail: `pendingErasure`.',
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

  @Post('confirm-erasure')
  @ConfirmationAct(
    'accounts.erase',
    'confirmAdminAccountErasure',
    'A second administrator confirms the erasure that waits',
    'What names the person is deleted at once; the journal keeps its sealed lines without a name.',
    ['act.on-self', 'administrator.last'],
  )
  async confirmAdminAccountErasure(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
    @SeenVersion() version: number,
    @Body() body: AdminAct,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AdminAccount> {
    const account = await this.decision.confirm(administrator, id, 'erasure', version, body.reason);
    return this.view.answer(reply, account);
  }

  @Post('cancel-erasure')
  @AccountAct(
    'accounts.erase',
    'cancelAdminAccountErasure',
    'Cancels the erasure that waits',
    'The account stays as it is.',
    ['account.state'],
  )
  async cancelAdminAccountErasure(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
    @Body() body: AdminAct,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AdminAccount> {
    const account = await this.decision.cancel(administrator, id, 'erasure', body.reason);
    return this.view.answer(reply, account);
  }
}
