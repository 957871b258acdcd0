import { Body, Controller, Get, Param, Patch, Post, Put, Query, Res } from '@nestjs/common';
import {
  ApiCookieAuth,
  ApiCreatedResponse,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiQuery,
  ApiTags,
} from '@nestjs/swagger';
import { Structure } from '@portillon/account';
import { Refuses, RequiresStepUp } from '@portillon/auth';
import type { FastifyReply } from 'fastify';
import { CurrentAdministrator } from '../administrator';
import type { Administrator } from '../administrator';
import { SeenVersion, tellVersion } from '../if-match';
import { queryLimit, queryText } from '../query';
import { Requires } from '../rights.guard';
import { StructureRegisterService } from './structure-register.service';
import {
  AdminPolicy,
  AdminStructure,
  AdminStructurePage,
  PolicyUpdate,
  policyView,
  StructureRegistration,
  StructureUpdate,
  structureView,
} from './structure.dto';

const IF_MATCH = { name: 'If-Match', required: true, description: '`"<version>"`, as the `ETag` told.' };

@ApiTags('Administration: structures')
@ApiCookieAuth('session')
@Controller('api/admin')
export class StructureController {
  constructor(private readonly register: StructureRegisterService) {}

  @Get('structures')
  @Requires('structures.read')
  @ApiOperation({
    operationId: 'listAdminStructures',
    summary: 'The structures within reach, by name',
    description: 'By pages, `q` is the beginning of the name.',
  })
  @ApiQuery({ name: 'q', required: false, type: String, description: 'Beginning of the name.' })
  @ApiQuery({ name: 'cursor', required: false, type: String })
  @ApiQuery({ name: 'limit', required: false, type: Number, description: '1 to 100; 50 unless told.' })
  @ApiOkResponse({ type: AdminStructurePage })
  @Refuses({ 401: ['session.required', 'code.required'], 403: ['permission.denied'] })
  @Refuses({ 422: ['validation.failed'] })
  async listAdminStructures(
    @CurrentAdministrator() administrator: Administrator,
    @Query() query: Record<string, unknown>,
  ): Promise<AdminStructurePage> {
    const page = await this.register.list(administrator, {
      beginning: queryText('q', query['q']),
      cursor: queryText('cursor', query['cursor']),
      limit: queryLimit(query['limit']),
    });
    return { items: page.items.map(structureView), nextCursor: page.nextCursor };
  }

  @Post('structures')
  @RequiresStepUp()
  @Requires('structures.create')
  @ApiOperation({
    operationId: 'createAdminStructure',
    summary: 'Registers a structure',
    description: 'A name or a FINESS number that is taken is refused.',
  })
  @ApiCreatedResponse({ type: AdminStructure })
  @Refuses({ 401: ['session.required', 'code.required', 'reauthentication.required'] })
  @Refuses({ 403: ['permission.denied'], 409: ['structure.taken'], 422: ['validation.failed'] })
  async createAdminStructure(
    @CurrentAdministrator() administrator: Administrator,
    @Body() body: StructureRegistration,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AdminStructure> {
    return this.#tell(reply, await this.register.create(administrator, body));
  }

  @Get('structures/:id')
  @Requires('structures.read')
  @ApiOperation({
    operationId: 'getAdminStructure',
    summary: 'One structure within reach',
    description: 'With its version, which `If-Match` takes.',
  })
  @ApiOkResponse({ type: AdminStructure })
  @Refuses({ 401: ['session.required', 'code.required'], 403: ['permission.denied'], 404: ['not-found'] })
  async getAdminStructure(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AdminStructure> {
    return this.#tell(reply, await this.register.get(administrator, id));
  }

  @Patch('structures/:id')
  @RequiresStepUp()
  @Requires('structures.edit', 'id')
  @ApiOperation({
    operationId: 'updateAdminStructure',
    summary: 'Changes what a structure is registered under',
    description: '`If-Match` carries the version that was seen: 412 when it moved meanwhile.',
  })
  @ApiHeader(IF_MATCH)
  @ApiOkResponse({ type: AdminStructure })
  @Refuses({ 401: ['session.required', 'code.required', 'reauthentication.required'] })
  @Refuses({ 403: ['permission.denied'], 404: ['not-found'], 409: ['structure.taken'] })
  @Refuses({ 412: ['precondition.failed'], 422: ['validation.failed'], 428: ['precondition.required'] })
  async updateAdminStructure(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
    @SeenVersion() version: number,
    @Body() body: StructureUpdate,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AdminStructure> {
    const { reason, ...changes } = body;
    return this.#tell(reply, await this.register.edit(administrator, id, changes, version, reason));
  }

  @Get('policies/:structure')
  @Requires('policies.read')
  @ApiOperation({
    operationId: 'getAdminPolicy',
    summary: 'What a structure asks of its people’s sign-ins, beyond the deployment',
    description: 'With what the deployment asks, so that a page can show both.',
  })
  @ApiOkResponse({ type: AdminPolicy })
  @Refuses({ 401: ['session.required', 'code.required'], 403: ['permission.denied'], 404: ['not-found'] })
  async getAdminPolicy(
    @CurrentAdministrator() administrator: Administrator,
    @Param('structure') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AdminPolicy> {
    return this.#tellPolicy(reply, await this.register.get(administrator, id));
  }

  @Put('policies/:structure')
  @RequiresStepUp()
  @Requires('policies.edit')
  @ApiOperation({
    operationId: 'setAdminPolicy',
    summary: 'Sets what a structure asks: stricter than the deployment, never laxer',
    description: "It reaches sign-ins in progress. A value laxer than the deployment's is refused.",
  })
  @ApiHeader(IF_MATCH)
  @ApiOkResponse({ type: AdminPolicy })
  @Refuses({ 401: ['session.required', 'code.required', 'reauthentication.required'] })
  @Refuses({ 403: ['permission.denied'], 404: ['not-found'] })
  @Refuses({ 412: ['precondition.failed'], 422: ['validation.failed'], 428: ['precondition.required'] })
  async setAdminPolicy(
    @CurrentAdministrator() administrator: Administrator,
    @Param('structure') id: string,
    @SeenVersion() version: number,
    @Body() body: PolicyUpdate,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AdminPolicy> {
    const { reason, proSanteConnectFrom: from, ...rest } = body;
    const policy = { ...rest, proSanteConnectFrom: from === null ? null : new Date(from) };
    return this.#tellPolicy(reply, await this.register.setPolicy(administrator, id, policy, version, reason));
  }

  #tell(reply: FastifyReply, structure: Structure): AdminStructure {
    tellVersion(reply, structure.version);
    return structureView(structure);
  }

  #tellPolicy(reply: FastifyReply, structure: Structure): AdminPolicy {
    tellVersion(reply, structure.version);
    return policyView(structure.policy, this.register.deployment, structure.version);
  }
}
