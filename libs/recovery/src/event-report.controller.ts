import { Body, Controller, HttpCode, Post, Req } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiErrors } from '@portillon/access';
import { clientOf, Public } from '@portillon/http';
import type { FastifyRequest } from 'fastify';
import { EventReportService } from './event-report.service';
import { PasswordLink, ReportableEventView } from './recovery.dto';

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
