import { Body, Controller, Get, Param, Put, Res, Query } from '@nestjs/common';
import { ApiCookieAuth, ApiHeader, ApiOkResponse, ApiOperation, ApiTags, ApiQuery } from '@nestjs/swagger';
import { ApiErrors, RequiresStepUp } from '@portillon/access';
import { AccountCountsService } from '@portillon/account';
import { SeenVersion, setVersion, queryBoolean, queryChoice, queryInstant, YES_OR_NO } from '@portillon/http';
import { Structure } from '@portillon/structure';
import {
  AdministeredStructureService,
  CurrentAdministrator,
  Requires,
  StructureEditsService,
  StrongMeansPeopleService,
} from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';
import type { FastifyReply } from 'fastify';
import { effectView, PolicyEffect } from './policy-effect.dto';
import { policyView, AdminPolicy, PolicyUpdate, PASSKEY_IDENTITIES, PASSKEY_KINDS } from './structure.dto';

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

/** The effect of a policy, before it is set. */
@ApiTags('Administration: structures')
@ApiCookieAuth('session')
@Controller('api/admin/policies')
export class PolicyEffectController {
  constructor(
    private readonly administered: AdministeredStructureService,
    private readonly people: StrongMeansPeopleService,
    private readonly unverified: AccountCountsService,
  ) {}

  @Get(':structure/effect')
  @Requires('policies.read')
  @ApiOperation({
    summary: 'The people who could no longer sign in under such a policy',
    description:
      'Computed from the present means of the structure’s people. Fields that are left out have the present value of the policy.',
  })
  @ApiQuery({
    name: 'strongMeansFrom',
    required: false,
    type: String,
    description: 'ISO 8601, with its offset.',
  })
  @ApiQuery({
    name: 'identityRequiredFrom',
    required: false,
    type: String,
    description: 'ISO 8601, with its offset.',
  })
  @ApiQuery({ name: 'passkeyKind', required: false, enum: PASSKEY_KINDS, enumName: 'AcceptedPasskeyKind' })
  @ApiQuery({
    name: 'passkeyIdentity',
    required: false,
    enum: PASSKEY_IDENTITIES,
    enumName: 'AcceptedPasskeyIdentity',
  })
  @ApiQuery({ name: 'totpIsStrong', required: false, enum: YES_OR_NO })
  @ApiOkResponse({ type: PolicyEffect })
  @ApiErrors({ 401: ['session.required', 'code.required'], 403: ['permission.denied'] })
  @ApiErrors({ 404: ['not-found'], 422: ['validation.failed'] })
  async getAdminPolicyEffect(
    @CurrentAdministrator() administrator: Administrator,
    @Param('structure') id: string,
    @Query() query: Record<string, unknown>,
  ): Promise<PolicyEffect> {
    const { policy } = await this.administered.get(administrator, id);
    const from = queryInstant('strongMeansFrom', query['strongMeansFrom']) ?? policy.strongMeansFrom;
    const people = await this.people.of(id, {
      kind: queryChoice('passkeyKind', query['passkeyKind'], PASSKEY_KINDS) ?? policy.passkeyKind,
      identity:
        queryChoice('passkeyIdentity', query['passkeyIdentity'], PASSKEY_IDENTITIES) ??
        policy.passkeyIdentity,
      totp: queryBoolean('totpIsStrong', query['totpIsStrong']) ?? policy.totpIsStrong,
    });
    const identityFrom =
      queryInstant('identityRequiredFrom', query['identityRequiredFrom']) ?? policy.identityRequiredFrom;
    const unverified = await this.unverified.findUnverified(id, identityFrom);
    return effectView(people, unverified, { from, identityFrom }, administrator.scope);
  }
}
