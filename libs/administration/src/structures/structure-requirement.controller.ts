import { Body, Controller, Get, Param, Put, Res } from '@nestjs/common';
import { ApiCookieAuth, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Structure } from '@portillon/structure';
import { ApiErrors, RequiresStepUp } from '@portillon/access';
import type { FastifyReply } from 'fastify';
import {
  AdministeredStructureService,
  CurrentAdministrator,
  Requires,
  StructureEditsService,
} from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';
import { SeenVersion, setVersion } from '@portillon/http';
import { policyView } from './structure.dto';
import { AdminPolicy, PolicyUpdate } from './structure.dto';

@ApiTags('Administration: structures')
@ApiCookieAuth('session')
@Controller('api/admin/policies')
export class StructureRequirementController {
  constructor(
    private readonly administered: AdministeredStructureService,
    private readonly edits: StructureEditsService,
  ) {}

  @Get(':structure')
  @Requires('policies.read')
  @ApiOperation({
    summary: 'The sign-in policy of a structure, beyond the deployment’s',
    description: 'Includes the rules of the deployment, so that a page can show both.',
  })
  @ApiOkResponse({ type: AdminPolicy })
  @ApiErrors({ 401: ['session.required', 'code.required'], 403: ['permission.denied'], 404: ['not-found'] })
  async getAdminPolicy(
    @CurrentAdministrator() administrator: Administrator,
    @Param('structure') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AdminPolicy> {
    return this.#answer(reply, await this.administered.get(administrator, id));
  }

  @Put(':structure')
  @RequiresStepUp()
  @Requires('policies.edit')
  @ApiOperation({
    operationId: 'setAdminPolicy',
    summary: 'Sets the sign-in policy of a structure, never weaker than the deployment’s',
    description:
      'The policy also applies to sign-ins in progress. A value weaker than the deployment’s is refused. Optional fields that are left out stay unchanged.',
  })
  @ApiHeader({ name: 'If-Match', required: true, description: '`"<version>"`, as given by `ETag`.' })
  @ApiOkResponse({ type: AdminPolicy })
  @ApiErrors({ 401: ['session.required', 'code.required', 'reauthentication.required'] })
  @ApiErrors({ 403: ['permission.denied'], 404: ['not-found'] })
  @ApiErrors({ 412: ['precondition.failed'], 422: ['validation.failed'], 428: ['precondition.required'] })
  async setAdminPolicy(
    @CurrentAdministrator() administrator: Administrator,
    @Param('structure') id: string,
    @SeenVersion() version: number,
    @Body() body: PolicyUpdate,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AdminPolicy> {
    const { reason, proSanteConnectFrom: from, strongMeansFrom, identityRequiredFrom, ...rest } = body;
    const policy = {
      ...rest,
      proSanteConnectFrom: from === null ? null : new Date(from),
      strongMeansFrom: dateOf(strongMeansFrom),
      identityRequiredFrom: dateOf(identityRequiredFrom),
    };
    return this.#answer(reply, await this.edits.editPolicy(administrator, id, policy, version, reason));
  }

  #answer(reply: FastifyReply, structure: Structure): AdminPolicy {
    setVersion(reply, structure.version);
    return policyView(structure.policy, this.edits.deploymentLimits, structure.version);
  }
}

/** Null is no date, and what is left out stays as it is. */
function dateOf(text: string | null | undefined): Date | null | undefined {
  return typeof text === 'string' ? new Date(text) : text;
}
