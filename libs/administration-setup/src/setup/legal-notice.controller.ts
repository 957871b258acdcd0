import { Body, Controller, Get, Put, Res } from '@nestjs/common';
import { ApiCookieAuth, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiErrors, RequiresStepUp } from '@portillon/access';
import { SeenVersion, setVersion, Public } from '@portillon/http';
import { CurrentAdministrator, Requires } from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';
import type { FastifyReply } from 'fastify';
import { LegalNoticeService } from '../operator/legal-notice.service';
import { LegalNotice } from '../operator/legal-notice.types';
import {
  AdminLegalNotice,
  adminView,
  LegalNoticeUpdate,
  textsOf,
  PublishedLegalNotice,
  publishedView,
} from './legal-notice.dto';

@ApiTags('Administration: the service')
@ApiCookieAuth('session')
@Controller('api/admin/legal-notice')
export class LegalNoticeController {
  constructor(private readonly notices: LegalNoticeService) {}

  @Get()
  @Requires('service.read')
  @ApiOperation({
    summary: 'The legal texts, to be completed',
    description: 'For national administrators. Includes the version of the texts, which `If-Match` takes.',
  })
  @ApiOkResponse({ type: AdminLegalNotice })
  @ApiErrors({ 401: ['session.required', 'code.required'] })
  async getAdminLegalNotice(@Res({ passthrough: true }) reply: FastifyReply): Promise<AdminLegalNotice> {
    return this.#answer(reply, await this.notices.get());
  }

  @Put()
  @RequiresStepUp()
  @Requires('service.edit')
  @ApiOperation({
    summary: 'Publishes the legal texts',
    description:
      'Replaces all fields. Public pages show them at once, except those that a file of the server declares (`toldByFiles`). `If-Match` is the version that the caller has read; the answer is 412 when it has changed since.',
  })
  @ApiHeader({ name: 'If-Match', required: true, description: '`"<version>"`, as given by `ETag`.' })
  @ApiOkResponse({ type: AdminLegalNotice })
  @ApiErrors({ 401: ['session.required', 'code.required', 'reauthentication.required'] })
  @ApiErrors({ 412: ['precondition.failed'], 422: ['validation.failed'], 428: ['precondition.required'] })
  async setAdminLegalNotice(
    @CurrentAdministrator() administrator: Administrator,
    @SeenVersion() version: number,
    @Body() body: LegalNoticeUpdate,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AdminLegalNotice> {
    const notice = await this.notices.edit(administrator, textsOf(body), version, body.reason);
    return this.#answer(reply, notice);
  }

  #answer(reply: FastifyReply, notice: LegalNotice): AdminLegalNotice {
    setVersion(reply, notice.version);
    return adminView(notice, this.notices.statements);
  }
}

/** Open to all: the law has it published. */
@ApiTags('The service')
@Public()
@Controller('api/legal-notice')
export class PublishedNoticeController {
  constructor(private readonly notices: LegalNoticeService) {}

  @Get()
  @ApiOperation({
    summary: 'The publisher, the host, the contacts and the accessibility of the service',
    description:
      'As the operator declared it: in files of the server (`SITE_STATEMENTS`), otherwise in « Administration ». Null where it is not declared.',
  })
  @ApiOkResponse({ type: PublishedLegalNotice })
  async getLegalNotice(): Promise<PublishedLegalNotice> {
    return publishedView(await this.notices.published(), this.notices.statements);
  }
}
