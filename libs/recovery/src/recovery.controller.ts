import { Body, Controller, HttpCode, Post, Req } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { ApiErrors } from '@portillon/access';
import { clientOf, Public } from '@portillon/http';
import type { FastifyRequest } from 'fastify';
import { EventReportService } from './event-report.service';
import { MembershipLinkService } from './membership-link.service';
import { PasswordLinkService } from './password-link.service';
import { PasswordResetService } from './password-reset.service';
import {
  PasswordChoice,
  PasswordLink,
  PasswordLinkHolder,
  PasswordResetAccepted,
  PasswordResetRequest,
  ReportableEventView,
  LinkedProposalView,
  ProposalAnswerRequest,
} from './recovery.dto';

@ApiTags('Forgotten password, invitation')
@Public()
@Controller('api')
export class RecoveryController {
  constructor(
    private readonly resets: PasswordResetService,
    private readonly passwordLinks: PasswordLinkService,
  ) {}

  @Post('password-resets')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Requests a link to choose a new password',
    description:
      'Gives the same answer, in the same time, whether or not the account exists. A mail with a link leaves within seconds to the address of the account. The link works once, for an hour. A person who has not accepted their invitation gets the invitation again.',
  })
  @ApiAcceptedResponse({ type: PasswordResetAccepted })
  @ApiErrors({ 422: ['validation.failed'], 429: ['attempts.exceeded'] })
  async requestPasswordReset(
    @Body() body: PasswordResetRequest,
    @Req() request: FastifyRequest,
  ): Promise<PasswordResetAccepted> {
    await this.resets.request(body.username, clientOf(request));
    return { status: 'accepted' };
  }

  @Post('password-resets/holder')
  @HttpCode(200)
  @ApiOperation({
    summary: 'The account holder of a link to a new password',
    description: 'For password managers. The link stays valid; an invalid link is counted and refused.',
  })
  @ApiOkResponse({ type: PasswordLinkHolder })
  @ApiErrors({ 401: ['token.rejected'], 422: ['validation.failed'], 429: ['attempts.exceeded'] })
  getPasswordResetHolder(
    @Body() { token }: PasswordLink,
    @Req() request: FastifyRequest,
  ): Promise<PasswordLinkHolder> {
    return this.passwordLinks.holder('PASSWORD_RESET', token, clientOf(request));
  }

  @Post('password-resets/confirm')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Chooses a new password by the link',
    description:
      'Opens no session and waives no code. Ends every session, remembered browser and open code of the account, and its lock for wrong passwords. The link stays valid when the password is too weak.',
  })
  @ApiNoContentResponse()
  @ApiErrors({ 401: ['token.rejected'], 422: ['validation.failed', 'password.weak'] })
  @ApiErrors({ 429: ['attempts.exceeded'], 503: ['service.busy'] })
  confirmPasswordReset(@Body() body: PasswordChoice, @Req() request: FastifyRequest): Promise<void> {
    return this.passwordLinks.setPassword('PASSWORD_RESET', body, clientOf(request));
  }

  @Post('invitations/holder')
  @HttpCode(200)
  @ApiOperation({
    summary: 'The account holder of an invitation',
    description: 'For password managers. The invitation stays valid; an invalid one is counted and refused.',
  })
  @ApiOkResponse({ type: PasswordLinkHolder })
  @ApiErrors({ 401: ['token.rejected'], 422: ['validation.failed'], 429: ['attempts.exceeded'] })
  getInvitationHolder(
    @Body() { token }: PasswordLink,
    @Req() request: FastifyRequest,
  ): Promise<PasswordLinkHolder> {
    return this.passwordLinks.holder('INVITATION', token, clientOf(request));
  }

  @Post('invitations/accept')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Chooses the first password by the invitation',
    description: 'Opens no session. The invitation stays valid when the password is too weak.',
  })
  @ApiNoContentResponse()
  @ApiErrors({ 401: ['token.rejected'], 422: ['validation.failed', 'password.weak'] })
  @ApiErrors({ 429: ['attempts.exceeded'], 503: ['service.busy'] })
  acceptInvitation(@Body() body: PasswordChoice, @Req() request: FastifyRequest): Promise<void> {
    return this.passwordLinks.setPassword('INVITATION', body, clientOf(request));
  }
}

/** Both are POST, and the second needs a button: a program that opens the links of a mail reports nothing. */
@ApiTags('Forgotten password, invitation')
@Public()
@Controller('api/security-notices')
export class EventReportController {
  constructor(private readonly reports: EventReportService) {}

  @Post('event')
  @HttpCode(200)
  @ApiOperation({
    summary: 'The event of a link « Ce n’était pas moi »',
    description: 'The link stays valid; an invalid link is counted and refused.',
  })
  @ApiOkResponse({ type: ReportableEventView })
  @ApiErrors({ 401: ['token.rejected'], 422: ['validation.failed'], 429: ['attempts.exceeded'] })
  async getReportableEvent(
    @Body() { token }: PasswordLink,
    @Req() request: FastifyRequest,
  ): Promise<ReportableEventView> {
    const event = await this.reports.event(token, clientOf(request));
    return { ...event, occurredAt: event.occurredAt.toISOString() };
  }

  @Post('report')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Reports that the event of a link was not the account holder’s',
    description:
      'Opens no session. Ends every session, remembered browser, open code and pending change. Takes back the last seven days: the mail address before their earliest event, means, number and card. Disables the password until another is chosen by a link to that address. With `alertsOnly`, none of this. Administrators see the account under `only=REPORTED`, until its holder signs in with another password. Of several links of one account, the first report voids those of earlier events.',
  })
  @ApiNoContentResponse()
  @ApiErrors({ 401: ['token.rejected'], 422: ['validation.failed'], 429: ['attempts.exceeded'] })
  reportEvent(@Body() { token }: PasswordLink, @Req() request: FastifyRequest): Promise<void> {
    return this.reports.report(token, clientOf(request));
  }
}

/** Both are POST, and the second needs a button: a program that opens the links of a mail answers nothing. */
@ApiTags('Forgotten password, invitation')
@Public()
@Controller('api/membership-proposals')
export class MembershipLinkController {
  constructor(private readonly links: MembershipLinkService) {}

  @Post('look')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'getLinkedProposal',
    summary: 'The structure that a link offers to join',
    description: 'The link stays valid; an invalid link is counted and refused.',
  })
  @ApiOkResponse({ type: LinkedProposalView })
  @ApiErrors({ 401: ['token.rejected'], 422: ['validation.failed'], 429: ['attempts.exceeded'] })
  async getLinkedProposal(
    @Body() { token }: PasswordLink,
    @Req() request: FastifyRequest,
  ): Promise<LinkedProposalView> {
    const { proposal, account } = await this.links.look(token, clientOf(request));
    const { structure, roles, function: post } = proposal;
    return { structure: { name: structure.name }, roles, function: post, displayName: account.displayName };
  }

  @Post('answer')
  @HttpCode(204)
  @ApiOperation({
    operationId: 'answerLinkedProposal',
    summary: 'Joins the structure of a link, or refuses',
    description:
      'Opens no session. The structure does not learn of a refusal. A proposal by RPPS number is confirmed by a link only where a card or an e-CPS has proven that number.',
  })
  @ApiNoContentResponse()
  @ApiErrors({ 401: ['token.rejected'], 403: ['proposal.unproven'], 422: ['validation.failed'] })
  @ApiErrors({ 429: ['attempts.exceeded'] })
  answerLinkedProposal(
    @Body() { token, accept }: ProposalAnswerRequest,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    return this.links.answer(token, accept, clientOf(request));
  }
}
