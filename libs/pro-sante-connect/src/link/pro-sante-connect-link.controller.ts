import { Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiCookieAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AllowsEnrolment, CurrentSession, ApiErrors, RequiresStepUp } from '@portillon/access';
import { clientOf } from '@portillon/http';
import type { Session } from '@portillon/session';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AuthorizationRequestService } from '../authorization/authorization-request.service';
import { ProSanteConnectLinkService } from './pro-sante-connect-link.service';
import { ProSanteConnectDeparture } from '../pro-sante-connect.dto';
import { PscCookies } from '../psc.cookies';

@ApiTags('My account')
@ApiCookieAuth('session')
@Controller('api/account/pro-sante-connect')
export class ProSanteConnectLinkController {
  constructor(
    private readonly authorization: AuthorizationRequestService,
    private readonly link: ProSanteConnectLinkService,
    private readonly pscCookies: PscCookies,
  ) {}

  @Post()
  @AllowsEnrolment()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Starts linking my account to my e-CPS',
    description:
      'Links nothing yet: open `location` in this browser, within 5 minutes. The browser returns to `/mon-compte?rattachement=<ok or code>`: `account.already-linked`, `identity.rejected`, `session.required` (another session is open by then), `sign-in.cancelled`, `means.unavailable`, `means.too-weak`, `attempts.exceeded`, `service.busy`, `internal`.',
  })
  @ApiOkResponse({ type: ProSanteConnectDeparture })
  @ApiErrors({ 403: ['password.required', 'means.too-weak'] })
  @ApiErrors({ 404: ['means.unavailable'], 503: ['means.unavailable'] })
  @RequiresStepUp()
  async linkProSanteConnect(
    @CurrentSession() session: Session,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ProSanteConnectDeparture> {
    const client = clientOf(request);
    await this.link.requirePassword(session, client);
    const cookie = this.pscCookies.read(request, 'request');
    const departure = await this.authorization.beginLink(session.id, cookie);
    this.pscCookies.set(reply, 'request', departure.browserCookie);
    return { location: departure.url };
  }
}
