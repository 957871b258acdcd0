import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiCookieAuth, ApiOkResponse, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { AccountCountsService } from '@portillon/account';
import { ApiErrors } from '@portillon/access';
import {
  AdministeredStructureService,
  CurrentAdministrator,
  Requires,
  StrongMeansPeopleService,
} from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';
import { queryBoolean, queryChoice, queryInstant, YES_OR_NO } from '@portillon/http';
import { effectView, PolicyEffect } from './policy-effect.dto';
import { PASSKEY_IDENTITIES, PASSKEY_KINDS } from './structure.dto';

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
    return effectView(people, unverified, { from, identityFrom });
  }
}
