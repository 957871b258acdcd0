import { Controller, Delete, Get, Header, HttpCode, Post, Req } from '@nestjs/common';
import { ApiCookieAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentSession, ApiErrors, RequiresStepUp } from '@portillon/access';
import { clientOf } from '@portillon/http';
import { OwnAccount, accountView, OwnAccountService } from '@portillon/my-account';
import type { Session } from '@portillon/session';
import type { FastifyRequest } from 'fastify';
import { ErasureService } from './erasure/erasure.service';
import { ExportService } from './export/export.service';
import { PersonalData } from './export/personal-data.dto';

@ApiTags('My account')
@ApiCookieAuth('session')
@Controller('api/account')
export class OwnDataController {
  constructor(
    private readonly own: OwnAccountService,
    private readonly exports: ExportService,
    private readonly erasure: ErasureService,
  ) {}

  @Get('data')
  @RequiresStepUp()
  @Header('Content-Disposition', 'attachment; filename="portillon-mes-donnees.json"')
  @ApiOperation({
    operationId: 'exportData',
    summary: 'All my personal data, as a file',
    description: 'Only the phone number is masked. Requires a fresh proof, since the screen may be shared.',
  })
  @ApiOkResponse({ type: PersonalData })
  async exportData(
    @CurrentSession() session: Session,
    @Req() request: FastifyRequest,
  ): Promise<PersonalData> {
    return this.exports.export(await this.own.get(session), { client: clientOf(request) });
  }

  @Post('erasure-request')
  @HttpCode(200)
  @RequiresStepUp()
  @ApiOperation({
    operationId: 'requestErasure',
    summary: 'Requests the erasure of my account',
    description: 'An administrator confirms the request; until then it can be withdrawn.',
  })
  @ApiOkResponse({ type: OwnAccount })
  async requestErasure(
    @CurrentSession() session: Session,
    @Req() request: FastifyRequest,
  ): Promise<OwnAccount> {
    await this.erasure.request(session, clientOf(request));
    return accountView(await this.own.get(session));
  }

  @Delete('erasure-request')
  @ApiOperation({
    operationId: 'withdrawErasure',
    summary: 'Withdraws my request for erasure',
    description: 'Possible until an administrator has confirmed it.',
  })
  @ApiOkResponse({ type: OwnAccount })
  @ApiErrors({ 401: ['session.required', 'code.required'] })
  async withdrawErasure(
    @CurrentSession() session: Session,
    @Req() request: FastifyRequest,
  ): Promise<OwnAccount> {
    await this.erasure.withdraw(session, clientOf(request));
    return accountView(await this.own.get(session));
  }
}
