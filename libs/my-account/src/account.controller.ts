import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Patch,
  Put,
  Req,
  Res,
  UseGuards,
  ExecutionContext,
  Injectable,
} from '@nestjs/common';
import { ApiCookieAuth, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  AllowsEnrolment,
  AccessCookies,
  CurrentSession,
  ApiErrors,
  RequiresStepUp,
  StepUpGuard,
} from '@portillon/access';
import { clientOf } from '@portillon/http';
import type { Session } from '@portillon/session';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { OwnAccount, AccountUpdate, accountView, PasswordChange } from './account.dto';
import { OwnAccountService } from './own-account.service';

/** Requires a fresh code when the request changes the channel: a change of the language alone gives no access. */
@Injectable()
class ChannelChangeGuard extends StepUpGuard {
  /** @throws AppError `reauthentication.required` */
  override canActivate(context: ExecutionContext): boolean {
    const { body } = context.switchToHttp().getRequest<{ body?: unknown }>();
    const named = typeof body === 'object' && body !== null && 'codeChannel' in body;
    return !named || super.canActivate(context);
  }
}

@ApiTags('My account')
@ApiCookieAuth('session')
@Controller('api/account')
export class OwnAccountController {
  constructor(
    private readonly own: OwnAccountService,
    private readonly cookies: AccessCookies,
  ) {}

  @Get()
  @AllowsEnrolment()
  @ApiOperation({
    summary: 'My account',
    description: 'Number and national id are masked: the screen may be shared.',
  })
  @ApiOkResponse({ type: OwnAccount })
  @ApiErrors({ 401: ['session.required', 'code.required'] })
  async getAccount(@CurrentSession() session: Session): Promise<OwnAccount> {
    return accountView(await this.own.get(session));
  }

  @Patch()
  @UseGuards(ChannelChangeGuard)
  @ApiOperation({
    summary: 'Changes how I receive codes, and my language',
    description:
      'A change of channel requires two factors given in the last minutes, or a card, Pro Santé Connect or a passkey. A change of language requires no proof.',
  })
  @ApiOkResponse({ type: OwnAccount })
  @ApiErrors({
    401: ['session.required', 'code.required', 'reauthentication.required', 'password.confirmation-required'],
    409: ['channel.unavailable'],
    422: ['validation.failed', 'password.wrong'],
  })
  @ApiErrors({ 429: ['attempts.exceeded'], 503: ['service.busy'] })
  async updateAccount(
    @CurrentSession() session: Session,
    @Body() body: AccountUpdate,
    @Req() request: FastifyRequest,
  ): Promise<OwnAccount> {
    const { codeChannel, locale, currentPassword } = body;
    if (codeChannel) await this.own.setCodeChannel(session, codeChannel, currentPassword, clientOf(request));
    if (locale) await this.own.setLocale(session, locale, clientOf(request));
    return accountView(await this.own.get(session));
  }

  @Delete('national-id')
  @RequiresStepUp()
  @ApiOperation({
    summary: 'Unlinks my card and my e-CPS',
    description:
      'Ends other sessions and every remembered browser. A new link requires the card, or an administrator.',
  })
  @ApiOkResponse({ type: OwnAccount })
  async unlinkNationalId(
    @CurrentSession() session: Session,
    @Req() request: FastifyRequest,
  ): Promise<OwnAccount> {
    await this.own.unlinkNationalId(session, clientOf(request));
    return accountView(await this.own.get(session));
  }

  @Put('password')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Changes my password',
    description: 'Other sessions and every remembered browser end.',
  })
  @ApiNoContentResponse()
  @ApiErrors({ 401: ['session.required', 'code.required'] })
  @ApiErrors({ 422: ['validation.failed', 'password.wrong', 'password.weak'] })
  @ApiErrors({ 429: ['attempts.exceeded'], 503: ['service.busy'] })
  async changePassword(
    @CurrentSession() session: Session,
    @Body() body: PasswordChange,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    this.cookies.setSession(reply, await this.own.replacePassword(session, body, clientOf(request)));
  }
}
