import { Controller, Get, Header, Inject, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Refuses } from '@portillon/access';
import { Public } from '@portillon/http';
import { AppError, Clock } from '@portillon/kernel';
import type { FastifyReply } from 'fastify';
import { OPERATION_OPTIONS } from '../operation.options';
import type { OperationOptions } from '../operation.options';
import { securityText } from './security-text';

/** The page that has « Mot de passe ». */
const PASSWORD_PAGE = '/mon-compte';

/** Where programs of strangers look for what every site has (RFC 8615). */
@ApiTags('The service')
@Public()
@Controller('.well-known')
export class ServiceAddressesController {
  constructor(
    @Inject(OPERATION_OPTIONS) private readonly options: OperationOptions,
    private readonly clock: Clock,
  ) {}

  @Get('security.txt')
  @Header('content-type', 'text/plain; charset=utf-8')
  @ApiOperation({
    operationId: 'getSecurityText',
    summary: 'Where weaknesses of this deployment are reported',
    description: 'RFC 9116: where `SECURITY_CONTACT` names an address or a page.',
  })
  @ApiProduces('text/plain')
  @ApiOkResponse({ description: 'The text.', schema: { type: 'string' } })
  @Refuses({ 404: ['not-found'] })
  getSecurityText(): string {
    const { securityContact, publicUrl } = this.options;
    if (securityContact === null) throw new AppError('not-found');
    return securityText(securityContact, publicUrl, this.clock.now());
  }

  @Get('change-password')
  @ApiOperation({
    operationId: 'openPasswordPage',
    summary: 'Where people change their password',
    description: 'W3C, « A Well-Known URL for Changing Passwords »: a page to open, not to fetch.',
  })
  @ApiResponse({ status: 303, description: 'To « Mon compte ».' })
  openPasswordPage(@Res() reply: FastifyReply): void {
    void reply.status(303).header('location', PASSWORD_PAGE).send();
  }
}
