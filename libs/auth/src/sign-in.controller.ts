import { Body, Controller, Get, HttpCode, Post, Req, Res, UseGuards } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBody,
  ApiExtraModels,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import { clientOf, Public } from '@portillon/http';
import { TrustedDeviceService } from '@portillon/session';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AccessCookies, MeansRegistry, ApiErrors, SignedIn, sessionView } from '@portillon/access';
import {
  CodeRequired,
  ChallengeAnswer,
  challengeView,
  CodeReceipt,
  CodeResend,
  receiptView,
  requestedView,
  SignInCodeSubmission,
  typedCode,
} from './code/challenge.dto';
import { CodeSignInService } from './code/code-sign-in.service';
import { AcceptedPassword, PasswordSignInService } from './password/password-sign-in.service';
import { PasswordGuard } from './password/password.guard';
import { Problem } from './problem.dto';
import { MeansList, PasswordSignIn } from './sign-in.dto';

@ApiTags('Signing in')
@ApiExtraModels(SignedIn, CodeRequired, Problem)
@Public()
@Controller('api/sign-in')
export class SignInController {
  constructor(
    private readonly passwordSignIn: PasswordSignInService,
    private readonly codeSignIn: CodeSignInService,
    private readonly cookies: AccessCookies,
    private readonly trustedDevices: TrustedDeviceService,
    private readonly registry: MeansRegistry,
  ) {}

  @Get('means')
  @ApiOperation({
    summary: 'The means of signing in, in the order to show them',
    description:
      'A means that the deployment has but that does not answer now is listed with `available: false`.',
  })
  @ApiOkResponse({ type: MeansList })
  listMeans(): MeansList {
    return { means: this.registry.list() };
  }

  @Post('password')
  @HttpCode(200)
  @UseGuards(PasswordGuard)
  @ApiOperation({
    summary: 'User name and password',
    description:
      'A browser that gave a code in the last 24 hours is signed in. Any other browser gets a challenge, and a code leaves by mail or SMS. A person with an authenticator app gets no message. Unknown names, wrong passwords, locked accounts and deactivated accounts get the same answer.',
  })
  @ApiBody({ type: PasswordSignIn })
  @ApiOkResponse({
    description: '`signed-in` when this browser gave a code less than 24 h ago, `code-required` otherwise.',
    schema: { oneOf: [{ $ref: getSchemaPath(SignedIn) }, { $ref: getSchemaPath(CodeRequired) }] },
  })
  @ApiErrors({
    401: ['credentials.rejected'],
    403: ['means.unavailable', 'identity.unverified'],
    409: ['channel.unavailable'],
  })
  @ApiErrors({ 422: ['validation.failed'] })
  @ApiErrors({
    429: ['resend.too-soon', 'attempts.exceeded'],
    502: ['delivery.failed'],
    503: ['service.busy'],
  })
  async signInWithPassword(
    @Req() request: FastifyRequest & { user: AcceptedPassword },
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignedIn | CodeRequired> {
    const outcome = await this.passwordSignIn.signIn(request.user, clientOf(request));
    if (outcome.status === 'signed-in') {
      if (outcome.browserToken) this.#setBrowser(request, reply, outcome.browserToken);
      this.cookies.setSession(reply, outcome.sessionToken);
      return { status: 'signed-in', session: sessionView(outcome.session) };
    }
    this.cookies.setSignIn(reply, outcome.signInToken);
    // The cookie lets the user request another code.
    if (outcome.status === 'code-unsent') throw outcome.error;
    const { sharedWorkstation } = outcome;
    return { status: 'code-required', ...requestedView(outcome), sharedWorkstation };
  }

  @Post('code')
  @HttpCode(200)
  @ApiOperation({
    summary: 'The one-time code of the sign-in in progress',
    description:
      'The attempt is counted before the code is compared. The browser is remembered for 24 hours unless `rememberBrowser` is false, or workstations of the person’s structure are shared.',
  })
  @ApiOkResponse({ type: SignedIn })
  @ApiErrors({ 401: ['code.rejected', 'code.expired', 'code.exhausted', 'sign-in.required'] })
  @ApiErrors({ 422: ['validation.failed'], 429: ['attempts.exceeded'] })
  async submitSignInCode(
    @Body() body: SignInCodeSubmission,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignedIn> {
    const accepted = await this.codeSignIn.submit({
      signInToken: this.cookies.signIn(request),
      code: typedCode(body),
      rememberBrowser: body.rememberBrowser ?? true,
      client: clientOf(request),
      browserCookie: this.cookies.browser(request),
    });
    if (accepted.browserToken) this.#setBrowser(request, reply, accepted.browserToken);
    this.cookies.clearSignIn(reply);
    this.cookies.setSession(reply, accepted.sessionToken);
    return { status: 'signed-in', session: sessionView(accepted.session) };
  }

  @Get('code')
  @ApiOperation({
    summary: 'The delivery state of the latest code',
    description: 'Poll it while the person waits, every few seconds at most.',
  })
  @ApiOkResponse({ type: CodeReceipt })
  @ApiErrors({ 401: ['sign-in.required'] })
  async getSignInCodeReceipt(@Req() request: FastifyRequest): Promise<CodeReceipt> {
    return receiptView(await this.codeSignIn.receipt(this.cookies.signIn(request)));
  }

  @Post('code/resend')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Sends another code, which voids the previous one',
    description: 'Default: the same channel. The wait before each further code doubles.',
  })
  @ApiErrors({ 401: ['sign-in.required'], 409: ['channel.unavailable'], 422: ['validation.failed'] })
  @ApiErrors({ 429: ['resend.too-soon', 'attempts.exceeded'], 502: ['delivery.failed'] })
  @ApiAcceptedResponse({ type: ChallengeAnswer })
  async resendSignInCode(@Body() body: CodeResend, @Req() request: FastifyRequest): Promise<ChallengeAnswer> {
    const pending = await this.codeSignIn.resend(
      this.cookies.signIn(request),
      body.channel,
      clientOf(request),
    );
    return { challenge: challengeView(pending) };
  }

  #setBrowser(request: FastifyRequest, reply: FastifyReply, token: string): void {
    this.cookies.setBrowser(reply, this.trustedDevices.writeCookie(this.cookies.browser(request), token));
  }
}
