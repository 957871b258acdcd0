import { Body, Controller, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import {
  ApiExtraModels,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  getSchemaPath,
  ApiCookieAuth,
} from '@nestjs/swagger';
import {
  AccessCookies,
  ApiErrors,
  sessionView,
  SignedIn,
  AllowsEnrolment,
  CurrentSession,
  RequiresStepUp,
} from '@portillon/access';
import { OpenedSession } from '@portillon/auth';
import { clientOf, Public } from '@portillon/http';
import { maskNationalId } from '@portillon/kernel';
import type { Session } from '@portillon/session';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CardLinkService } from './card-link.service';
import { CardSignInService } from './card-sign-in.service';
import { CardSignInRequest, CardTicket, TicketSubmission, CardLinking, LinkedCard } from './cpx.dto';
import { CPX_OPTIONS } from './cpx.options';
import type { CpxOptions } from './cpx.options';
import { TicketCookie } from './ticket.cookie';

@ApiTags('Signing in')
@ApiExtraModels(CardTicket)
@Public()
@Controller('api')
export class CpxController {
  constructor(
    private readonly signIn: CardSignInService,
    private readonly link: CardLinkService,
    private readonly cookies: AccessCookies,
    private readonly ticketCookie: TicketCookie,
    @Inject(CPX_OPTIONS) private readonly options: CpxOptions,
  ) {}

  @Post('sign-in/cpx')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Signs in with a card, whose certificate is presented in TLS',
    description:
      'When cards have a separate origin, the answer is a ticket for `POST /api/sign-in/ticket`; no code is asked for.',
  })
  @ApiOkResponse({
    description: '`ticket` when cards have a separate origin, `signed-in` otherwise.',
    schema: { oneOf: [{ $ref: getSchemaPath(SignedIn) }, { $ref: getSchemaPath(CardTicket) }] },
  })
  @ApiErrors({
    401: ['certificate.missing', 'certificate.rejected'],
    403: ['account.not-linked', 'means.unavailable'],
  })
  @ApiErrors({ 404: ['means.unavailable'], 422: ['validation.failed'], 429: ['attempts.exceeded'] })
  async signInWithCard(
    @Body() _body: CardSignInRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignedIn | CardTicket> {
    if (!this.options.cardUrl) return this.#signedIn(reply, await this.signIn.open(request));
    const { ticket, browserToken } = await this.signIn.issueTicket(request);
    this.ticketCookie.write(reply, browserToken);
    return { status: 'ticket', ticket };
  }

  @Post('sign-in/ticket')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Signs in with the ticket of the card’s origin',
    description: 'The ticket works once, for 60 seconds, in the browser that requested it.',
  })
  @ApiOkResponse({ type: SignedIn })
  @ApiErrors({ 401: ['token.rejected'], 403: ['account.not-linked', 'means.unavailable'] })
  @ApiErrors({ 404: ['means.unavailable'] })
  @ApiErrors({ 422: ['validation.failed'], 429: ['attempts.exceeded'] })
  async submitSignInTicket(
    @Body() body: TicketSubmission,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignedIn> {
    const cookie = this.ticketCookie.read(request);
    const opened = await this.signIn.redeem(body.ticket, cookie, clientOf(request));
    this.ticketCookie.clear(reply);
    return this.#signedIn(reply, opened);
  }

  @Post('account/card/presentation')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Presents a card to link, in TLS at the card’s origin',
    description:
      'Returns a ticket and links nothing: `POST /api/account/card` does, with the session and this ticket.',
  })
  @ApiOkResponse({ type: CardTicket })
  @ApiErrors({ 401: ['certificate.missing', 'certificate.rejected'], 404: ['means.unavailable'] })
  @ApiErrors({ 422: ['validation.failed'], 429: ['attempts.exceeded'] })
  async presentCard(
    @Body() _body: CardSignInRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CardTicket> {
    const { ticket, browserToken } = await this.link.issueTicket(request);
    this.ticketCookie.write(reply, browserToken);
    return { status: 'ticket', ticket };
  }

  #signedIn(reply: FastifyReply, { session, sessionToken }: OpenedSession): SignedIn {
    this.cookies.setSession(reply, sessionToken);
    return { status: 'signed-in', session: sessionView(session) };
  }
}

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
