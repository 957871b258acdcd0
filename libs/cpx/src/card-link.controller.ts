import { Body, Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiCookieAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AllowsEnrolment, CurrentSession, ApiErrors, RequiresStepUp } from '@portillon/access';
import { clientOf } from '@portillon/http';
import { maskNationalId } from '@portillon/kernel';
import type { Session } from '@portillon/session';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CardLinkService } from './card-link.service';
import { CardLinking, LinkedCard } from './cpx.dto';
import { TicketCookie } from './ticket.cookie';

@ApiTags('My account')
@ApiCookieAuth('session')
@Controller('api/account/card')
export class CardLinkController {
  constructor(
    private readonly link: CardLinkService,
    private readonly ticketCookie: TicketCookie,
  ) {}

  @Post()
  @AllowsEnrolment()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Links my account to the card that I present',
    description: 'Needs a ticket, or the card presented in TLS in this request.',
  })
  @ApiOkResponse({ type: LinkedCard })
  @ApiErrors({ 403: ['password.required', 'means.too-weak'], 404: ['means.unavailable'] })
  @ApiErrors({ 409: ['account.already-linked'], 422: ['validation.failed'] })
  @ApiErrors({ 429: ['attempts.exceeded'] })
  @RequiresStepUp()
  async linkCard(
    @CurrentSession() session: Session,
    @Body() body: CardLinking,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LinkedCard> {
    if (body.ticket === undefined)
      return { nationalId: maskNationalId(await this.link.linkPresented(session, request)) };
    const cookie = this.ticketCookie.read(request);
    const nationalId = await this.link.linkTicket(session, body.ticket, cookie, clientOf(request));
    this.ticketCookie.clear(reply);
    return { nationalId: maskNationalId(nationalId) };
  }
}
