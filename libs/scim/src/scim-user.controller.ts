import {
  Body,
  Delete,
  Get,
  Header,
  Headers,
  HttpCode,
  Inject,
  Param,
  Patch,
  Post,
  Put,
  Query,
  Res,
} from '@nestjs/common';
import type { Account } from '@portillon/account';
import { CurrentAdministrator, Requires } from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';
import type { FastifyReply } from 'fastify';
import { patched } from './scim-patch';
import { readFilter, listOf, pageOf, selected } from './scim-query';
import { SCIM_TYPE, ScimController } from './scim-route.decorator';
import { fieldsOf, readUser, userOf, versionOf } from './scim-user';
import { requireVersion, ScimUserService, USER_FILTERS } from './scim-user.service';
import { MODULE_OPTIONS_TOKEN } from './scim.options';
import type { ScimOptions } from './scim.options';

const NO_CONTENT = 204;

/** The accounts within a directory's reach (RFC 7644). */
@ScimController('Users')
export class ScimUserController {
  constructor(
    private readonly users: ScimUserService,
    @Inject(MODULE_OPTIONS_TOKEN) private readonly options: ScimOptions,
  ) {}

  @Get()
  @Header(...SCIM_TYPE)
  @Requires('accounts.read')
  async list(
    @CurrentAdministrator() administrator: Administrator,
    @Query() query: Record<string, unknown>,
  ): Promise<object> {
    const { offset, limit } = pageOf(query);
    const search = readFilter(query, USER_FILTERS);
    const { items, total } = await this.users.list(administrator, { search, offset, limit });
    return listOf(
      items.map((account) => selected(this.#resource(account), query)),
      total,
      offset,
    );
  }

  @Get(':id')
  @Header(...SCIM_TYPE)
  @Requires('accounts.read')
  async get(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
    @Query() query: Record<string, unknown>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    return this.#answer(reply, await this.users.get(administrator, id), query);
  }

  @Post()
  @Header(...SCIM_TYPE)
  @Requires('accounts.create')
  async create(
    @CurrentAdministrator() administrator: Administrator,
    @Body() body: unknown,
    @Query() query: Record<string, unknown>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const account = await this.users.create(administrator, fieldsOf(readUser(body)));
    void reply.header('location', `${this.options.publicUrl}/scim/v2/Users/${account.id}`);
    return this.#answer(reply, account, query);
  }

  @Put(':id')
  @Header(...SCIM_TYPE)
  @Requires('accounts.edit')
  async replace(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
    @Body() body: unknown,
    @Headers('if-match') version: string | undefined,
    @Query() query: Record<string, unknown>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const account = await this.users.get(administrator, id);
    requireVersion(account, version);
    const wanted = fieldsOf(readUser(body));
    return this.#answer(reply, await this.users.update(administrator, account, wanted), query);
  }

  @Patch(':id')
  @Header(...SCIM_TYPE)
  @Requires('accounts.edit')
  async patch(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
    @Body() body: unknown,
    @Headers('if-match') version: string | undefined,
    @Query() query: Record<string, unknown>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const account = await this.users.get(administrator, id);
    requireVersion(account, version);
    const wanted = fieldsOf(await patched(account, body));
    return this.#answer(reply, await this.users.update(administrator, account, wanted), query);
  }

  @Delete(':id')
  @HttpCode(NO_CONTENT)
  @Requires('accounts.deactivate')
  async delete(@CurrentAdministrator() administrator: Administrator, @Param('id') id: string): Promise<void> {
    await this.users.delete(administrator, id);
  }

  #resource(account: Account): Record<string, unknown> {
    return userOf(account, this.options.publicUrl);
  }

  #answer(reply: FastifyReply, account: Account, query: Record<string, unknown>): object {
    void reply.header('etag', versionOf(account));
    return selected(this.#resource(account), query);
  }
}
