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
import { CurrentAdministrator, Requires } from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';
import type { FastifyReply } from 'fastify';
import { patched } from './scim-patch';
import { readFilter, listOf, pageOf, selected } from './scim-query';
import { SCIM_TYPE, ScimController } from './scim-route.decorator';
import { fieldsOf, nationalIdIn, readUser, ScimPerson, seenUser, userOf } from './scim-user';
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
      items.map((person) => selected(this.#resource(person), query)),
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
    const fields = fieldsOf(readUser(body));
    const person = await this.users.create(administrator, fields, nationalIdIn(body));
    void reply.header('location', `${this.options.publicUrl}/scim/v2/Users/${seenUser(person).id}`);
    return this.#answer(reply, person, query);
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
    const person = await this.users.get(administrator, id);
    requireVersion(seenUser(person), version);
    const wanted = fieldsOf(readUser(body), person.kind === 'managed');
    return this.#answer(reply, await this.users.update(administrator, person, wanted), query);
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
    const person = await this.users.get(administrator, id);
    const seen = seenUser(person);
    requireVersion(seen, version);
    const isManaged = person.kind === 'managed';
    // Who is inactive for another reason leaves the structure only when the change says so.
    const wanted = fieldsOf(await patched(isManaged ? seen : { ...seen, active: true }, body), isManaged);
    return this.#answer(reply, await this.users.update(administrator, person, wanted), query);
  }

  @Delete(':id')
  @HttpCode(NO_CONTENT)
  @Requires('accounts.deactivate')
  async delete(@CurrentAdministrator() administrator: Administrator, @Param('id') id: string): Promise<void> {
    await this.users.delete(administrator, id);
  }

  #resource(person: ScimPerson): Record<string, unknown> {
    return userOf(seenUser(person), this.options.publicUrl);
  }

  #answer(reply: FastifyReply, person: ScimPerson, query: Record<string, unknown>): object {
    void reply.header('etag', seenUser(person).version);
    return selected(this.#resource(person), query);
  }
}
