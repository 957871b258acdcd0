import {
  Body,
  Controller,
  Get,
  Param,
  Patch,
  Query,
  Res,
  Header,
  HttpCode,
  Post,
  StreamableFile,
} from '@nestjs/common';
import {
  ApiCookieAuth,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiQuery,
  ApiTags,
  ApiProduces,
} from '@nestjs/swagger';
import { ApiErrors, RequiresStepUp } from '@portillon/access';
import { ACCOUNT_SORTS, MembershipService } from '@portillon/account';
import { SeenVersion, csvFile } from '@portillon/http';
import { PersonalData } from '@portillon/personal-data';
import {
  AccountEditsService,
  AccountLocksService,
  AdministeredAccountService,
  CurrentAdministrator,
  isManagedWithin,
  Requires,
  ReasonedAct,
} from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';
import type { FastifyReply } from 'fastify';
import { AccountWaysInService } from '../ways-in/account-ways-in.service';
import { entryView } from '../ways-in/ways-in.dto';
import { AdminAccountUpdate } from './account-act.dto';
import { EXPORT_FORMS, AccountListService } from './list/account-list.service';
import { AccountDataService } from './list/account-data.service';
import { AccountPagesService } from './list/account-pages.service';
import {
  AdminAccountDevices,
  ACCOUNT_STATUS,
  accountLine,
  AdminAccount,
  AdminAccountPage,
  LIST_SELECTIONS,
} from './list/account-view.dto';
import { judgedWithin } from './list/limited-view.policy';

@ApiTags('Administration: accounts')
@ApiCookieAuth('session')
@Controller('api/admin/accounts')
export class AccountController {
  constructor(
    private readonly list: AccountListService,
    private readonly administered: AdministeredAccountService,
    private readonly editing: AccountEditsService,
    private readonly view: AccountPagesService,
    private readonly locks: AccountLocksService,
    private readonly waysIn: AccountWaysInService,
    private readonly memberships: MembershipService,
  ) {}

  @Get()
  @Requires('accounts.read')
  @ApiOperation({
    summary: 'The accounts within reach',
    description:
      'Ordered by name, or by `sort` (`-` reverses the order); with `q` alone, by relevance. People who never signed in come first.',
  })
  @ApiQuery({
    name: 'q',
    required: false,
    type: String,
    description:
      'Beginnings of a name, user name, mail address or national id. An account must match all of them.',
  })
  @ApiQuery({ name: 'status', required: false, enum: ACCOUNT_STATUS, enumName: 'AccountStatus' })
  @ApiQuery({ name: 'only', required: false, enum: LIST_SELECTIONS, enumName: 'AccountSelection' })
  @ApiQuery({ name: 'structure', required: false, type: String })
  @ApiQuery({ name: 'sort', required: false, enum: ACCOUNT_SORTS, enumName: 'AccountSort' })
  @ApiQuery({ name: 'cursor', required: false, type: String })
  @ApiQuery({ name: 'limit', required: false, type: Number, description: '1 to 100; default: 50.' })
  @ApiOkResponse({ type: AdminAccountPage })
  @ApiErrors({ 401: ['session.required', 'code.required'], 403: ['permission.denied'] })
  @ApiErrors({ 404: ['not-found'], 422: ['validation.failed'] })
  async listAdminAccounts(
    @CurrentAdministrator() administrator: Administrator,
    @Query() query: Record<string, unknown>,
  ): Promise<AdminAccountPage> {
    const page = await this.list.page(administrator, query);
    const total = await this.list.total(administrator, query);
    const { scope } = administrator;
    const locked = await this.locks.findLockedAmong(page.items);
    const entries = await this.waysIn.among(page.items.map((account) => judgedWithin(scope, account)));
    const places = await this.memberships.findOpenByAccounts(page.items.map(({ id }) => id));
    return {
      items: page.items.map((account) => ({
        ...accountLine(account, locked.has(account.id), { scope, records: places.get(account.id) ?? [] }),
        entry: entryView(account, entries.get(account.id)!, isManagedWithin(scope, account)),
      })),
      nextCursor: page.nextCursor,
      total,
    };
  }

  @Get(':id')
  @Requires('accounts.read')
  @ApiOperation({
    summary: 'One account within reach',
    description: 'With its locks, its means and its version, which `If-Match` takes.',
  })
  @ApiOkResponse({ type: AdminAccount })
  @ApiErrors({ 401: ['session.required', 'code.required'], 403: ['permission.denied'], 404: ['not-found'] })
  async getAdminAccount(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AdminAccount> {
    const account = await this.administered.readVisible(administrator, id);
    return this.view.answer(reply, account, administrator.scope);
  }

  @Patch(':id')
  @RequiresStepUp()
  @Requires('accounts.edit')
  @ApiOperation({
    summary: 'Changes an account, unless it has changed since it was read',
    description:
      '`If-Match` is the version that the caller has read; the answer is 412 when it has changed since. The account holder is notified by mail of changes to their access.',
  })
  @ApiHeader({ name: 'If-Match', required: true, description: '`"<version>"`, as given by `ETag`.' })
  @ApiOkResponse({ type: AdminAccount })
  @ApiErrors({ 401: ['session.required', 'code.required', 'reauthentication.required'] })
  @ApiErrors({ 403: ['permission.denied', 'account.managed-elsewhere'], 404: ['not-found'] })
  @ApiErrors({ 409: ['account.taken', 'act.on-self', 'administrator.last', 'channel.unavailable'] })
  @ApiErrors({ 412: ['precondition.failed'], 422: ['validation.failed'], 428: ['precondition.required'] })
  async updateAdminAccount(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
    @SeenVersion() version: number,
    @Body() body: AdminAccountUpdate,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AdminAccount> {
    const { reason, ...changes } = body;
    return this.view.answer(reply, await this.editing.edit(administrator, id, changes, version, reason));
  }
}

@ApiTags('Administration: accounts')
@ApiCookieAuth('session')
@Controller('api/admin/accounts/:id/devices')
export class AccountDeviceController {
  constructor(private readonly pages: AccountPagesService) {}

  @Get()
  @Requires('accounts.read')
  @ApiOperation({
    summary: 'Where the person is signed in, and which browsers are remembered for them',
    description: 'The current state. Administrators’ actions on the account end these.',
  })
  @ApiOkResponse({ type: AdminAccountDevices })
  @ApiErrors({
    401: ['session.required', 'code.required'],
    403: ['permission.denied', 'account.managed-elsewhere'],
    404: ['not-found'],
  })
  getAdminAccountDevices(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
  ): Promise<AdminAccountDevices> {
    return this.pages.devices(administrator, id);
  }
}

/** Personal data of a person who cannot sign in. */
@ApiTags('Administration: accounts')
@ApiCookieAuth('session')
@Controller('api/admin/accounts/:id/data')
export class AdministeredDataController {
  constructor(private readonly data: AccountDataService) {}

  @Post()
  @HttpCode(200)
  @RequiresStepUp()
  @Requires('accounts.export-data')
  @Header('Content-Disposition', 'attachment; filename="portillon-donnees.json"')
  @ApiOperation({
    operationId: 'exportAdminAccountData',
    summary: 'All personal data of a person who cannot sign in, as a file',
    description:
      'The same as the person’s own export. It has no secrets, and no reasons written by administrators out of the caller’s reach. The journal records who exported it and why.',
  })
  @ApiOkResponse({ type: PersonalData })
  @ApiErrors({ 401: ['session.required', 'code.required', 'reauthentication.required'] })
  @ApiErrors({
    403: ['permission.denied', 'account.managed-elsewhere'],
    404: ['not-found'],
    422: ['validation.failed'],
  })
  @ApiErrors({ 409: ['account.state'] })
  async exportAdminAccountData(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
    @Body() body: ReasonedAct,
  ): Promise<PersonalData> {
    return this.data.export(administrator, id, body.reason);
  }
}

@ApiTags('Administration: import and export')
@ApiCookieAuth('session')
@Controller('api/admin/accounts')
export class AccountExportController {
  constructor(private readonly list: AccountListService) {}

  @Get('export')
  @RequiresStepUp()
  @Requires('accounts.export')
  @ApiOperation({
    summary: 'The accounts within reach as a CSV file, as the list has them',
    description:
      'Separated by semicolons, without formulas or phone numbers. `raw` (default) has the column titles of an import, codes and UTC times; `fr` has French titles and texts, and Paris time. The journal records who exported it.',
  })
  @ApiQuery({ name: 'q', required: false, type: String, description: 'The same as in the list.' })
  @ApiQuery({ name: 'only', required: false, enum: LIST_SELECTIONS, enumName: 'AccountSelection' })
  @ApiQuery({ name: 'form', required: false, enum: EXPORT_FORMS, enumName: 'AccountExportForm' })
  @ApiQuery({ name: 'status', required: false, enum: ACCOUNT_STATUS, enumName: 'AccountStatus' })
  @ApiQuery({ name: 'structure', required: false, type: String })
  @ApiQuery({ name: 'sort', required: false, enum: ACCOUNT_SORTS, enumName: 'AccountSort' })
  @ApiProduces('text/csv')
  @ApiOkResponse({ description: 'The file.', schema: { type: 'string', format: 'binary' } })
  @ApiErrors({ 401: ['session.required', 'code.required', 'reauthentication.required'] })
  @ApiErrors({ 403: ['permission.denied'], 404: ['not-found'], 422: ['validation.failed'] })
  async exportAdminAccounts(
    @CurrentAdministrator() administrator: Administrator,
    @Query() query: Record<string, unknown>,
  ): Promise<StreamableFile> {
    return csvFile(await this.list.export(administrator, query), 'portillon-comptes.csv');
  }
}
