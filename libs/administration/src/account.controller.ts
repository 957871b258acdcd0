import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiCookieAuth, ApiOkResponse, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { Accounts } from '@portillon/account';
import { CurrentSession, Refuses } from '@portillon/auth';
import { clientOf } from '@portillon/http';
import type { Session } from '@portillon/session';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  ACCOUNT_STATUS,
  accountDetail,
  accountItem,
  AdminAccount,
  AdminAccountPage,
} from './account-view.dto';
import { AdministeredAccounts } from './administered-accounts';
import { tellVersion } from './if-match';
import { queryChoice, queryLimit, queryText } from './query';
import { CurrentScope, Requires } from './rights';
import type { Scope } from './rights';

@ApiTags('Administration: accounts')
@ApiCookieAuth('session')
@Controller('api/admin/accounts')
export class AccountController {
  constructor(
    private readonly accounts: Accounts,
    private readonly administered: AdministeredAccounts,
  ) {}

  @Get()
  @Requires('accounts.read')
  @ApiOperation({ operationId: 'listAdminAccounts', summary: 'The accounts within reach, by name' })
  @ApiQuery({
    name: 'q',
    required: false,
    type: String,
    description: 'Beginning of a name, user name, mail address or national id.',
  })
  @ApiQuery({ name: 'status', required: false, enum: ACCOUNT_STATUS, enumName: 'AccountStatus' })
  @ApiQuery({ name: 'structure', required: false, type: String })
  @ApiQuery({ name: 'cursor', required: false, type: String })
  @ApiQuery({ name: 'limit', required: false, type: Number, description: '1 to 100; 50 unless told.' })
  @ApiOkResponse({ type: AdminAccountPage })
  @Refuses({
    401: ['session.required', 'code.required'],
    403: ['permission.denied'],
    422: ['validation.failed'],
  })
  async listAdminAccounts(
    @CurrentScope() scope: Scope,
    @Query() query: Record<string, unknown>,
  ): Promise<AdminAccountPage> {
    const page = await this.accounts.list({
      structureId: scope.structureId ?? queryText('structure', query['structure']),
      status: queryChoice('status', query['status'], ACCOUNT_STATUS),
      cursor: queryText('cursor', query['cursor']),
      limit: queryLimit(query['limit']),
    });
    return { items: page.items.map(accountItem), nextCursor: page.nextCursor };
  }

  @Get(':id')
  @Requires('accounts.read')
  @ApiOperation({ operationId: 'getAdminAccount', summary: 'One account within reach' })
  @ApiOkResponse({ type: AdminAccount })
  @Refuses({ 401: ['session.required', 'code.required'], 403: ['permission.denied'], 404: ['not-found'] })
  async getAdminAccount(
    @CurrentSession() session: Session,
    @CurrentScope() scope: Scope,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AdminAccount> {
    const account = await this.administered.get({ session, scope, client: clientOf(request) }, id);
    tellVersion(reply, account.version);
    return accountDetail(account);
  }
}
