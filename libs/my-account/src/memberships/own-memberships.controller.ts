import { Controller, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiCookieAuth, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiErrors, CurrentSession } from '@portillon/access';
import { clientOf } from '@portillon/http';
import type { Session } from '@portillon/session';
import type { FastifyRequest } from 'fastify';
import { OwnMembershipList } from './own-membership.dto';
import { OwnMembershipsService } from './own-memberships.service';

@ApiTags('My account')
@ApiCookieAuth('session')
@ApiErrors({ 401: ['session.required', 'code.required'] })
@Controller('api/account')
export class OwnMembershipsController {
  constructor(private readonly memberships: OwnMembershipsService) {}

  @Get('memberships')
  @ApiOperation({
    operationId: 'listOwnMemberships',
    summary: 'The structures where I work',
    description: 'With the proposals of structures that I may answer.',
  })
  @ApiOkResponse({ type: OwnMembershipList })
  listOwnMemberships(@CurrentSession() session: Session): Promise<OwnMembershipList> {
    return this.memberships.list(session);
  }

  @Post('proposals/:id/accept')
  @HttpCode(204)
  @ApiOperation({
    operationId: 'acceptOwnProposal',
    summary: 'Joins the structure that proposes it',
    description: 'Its rules apply to the next sign-in. A proposal that still `needs` a proof is refused.',
  })
  @ApiNoContentResponse()
  @ApiErrors({ 403: ['proposal.unproven'], 409: ['proposal.over'] })
  acceptOwnProposal(
    @CurrentSession() session: Session,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    return this.memberships.answer(session, id, true, clientOf(request));
  }

  @Post('proposals/:id/refuse')
  @HttpCode(204)
  @ApiOperation({
    operationId: 'refuseOwnProposal',
    summary: 'Refuses to join the structure',
    description: 'The structure does not learn of it: the proposal waits until it expires.',
  })
  @ApiNoContentResponse()
  @ApiErrors({ 403: ['proposal.unproven'], 409: ['proposal.over'] })
  refuseOwnProposal(
    @CurrentSession() session: Session,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    return this.memberships.answer(session, id, false, clientOf(request));
  }
}
