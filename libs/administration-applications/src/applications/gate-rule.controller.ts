import { Body, Controller, Get, HttpCode, Param, Post, Put, Res } from '@nestjs/common';
import { ApiCookieAuth, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiErrors, RequiresStepUp } from '@portillon/access';
import { SeenVersion, setVersion, validateBody } from '@portillon/http';
import type { FastifyReply } from 'fastify';
import { CurrentAdministrator, Requires } from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';
import { ApplicationEditsService, VersionedRules } from './application-edits.service';
import { ApplicationExplanationsService } from './application-explanations.service';
import {
  AdminGateExplanation,
  AdminGateRule,
  AdminGateRules,
  GateExplanationRequest,
  GateRulesUpdate,
  RULE_DEFAULTS,
} from './gate-rule.dto';

/** The rules of an application behind a reverse proxy, and the explanation of their answers. */
@ApiTags('Administration: applications')
@ApiCookieAuth('session')
@Controller('api/admin/applications/:id')
export class GateRuleController {
  constructor(
    private readonly edits: ApplicationEditsService,
    private readonly explanations: ApplicationExplanationsService,
  ) {}

  @Get('rules')
  @Requires('applications.read')
  @ApiOperation({
    summary: 'The rules of an application behind a reverse proxy',
    description: 'In their order: the first rule that matches by path and method decides alone.',
  })
  @ApiOkResponse({ type: AdminGateRules })
  @ApiErrors({ 401: ['session.required', 'code.required'], 403: ['permission.denied'], 404: ['not-found'] })
  async getAdminGateRules(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AdminGateRules> {
    return answer(reply, await this.edits.listRules(administrator, id));
  }

  @Put('rules')
  @RequiresStepUp()
  @Requires('applications.edit')
  @ApiOperation({
    summary: 'Replaces all rules of an application behind a reverse proxy',
    description:
      'The rules apply from the next request on. `If-Match` is the version of the application that the caller has read.',
  })
  @ApiHeader({ name: 'If-Match', required: true, description: '`"<version>"`, as given by `ETag`.' })
  @ApiOkResponse({ type: AdminGateRules })
  @ApiErrors({ 401: ['session.required', 'code.required', 'reauthentication.required'] })
  @ApiErrors({ 403: ['permission.denied'], 404: ['not-found'] })
  @ApiErrors({ 412: ['precondition.failed'], 422: ['validation.failed'], 428: ['precondition.required'] })
  async setAdminGateRules(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
    @SeenVersion() version: number,
    @Body() { rules, reason }: GateRulesUpdate,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AdminGateRules> {
    const checked = rules.map((rule) => validateBody(AdminGateRule, { ...RULE_DEFAULTS, ...rule }));
    return answer(reply, await this.edits.replaceRules(administrator, id, checked, version, reason));
  }

  @Post('explain')
  @HttpCode(200)
  @Requires('applications.read')
  @ApiOperation({
    summary: 'The gate’s answer for a person at an address, and the rule that decides',
    description: 'Parses and decides as the gate does; changes nothing.',
  })
  @ApiOkResponse({ type: AdminGateExplanation })
  @ApiErrors({ 401: ['session.required', 'code.required'], 403: ['permission.denied'], 404: ['not-found'] })
  @ApiErrors({ 422: ['validation.failed'] })
  explainAdminGate(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
    @Body() body: GateExplanationRequest,
  ): Promise<AdminGateExplanation> {
    return this.explanations.explainGate(administrator, id, body);
  }
}

function answer(reply: FastifyReply, rules: VersionedRules): AdminGateRules {
  setVersion(reply, rules.version);
  return rules;
}
