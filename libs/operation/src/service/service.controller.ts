import { Controller, Get, Header, Inject, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import { ApiErrors } from '@portillon/access';
import { clientOf, Public } from '@portillon/http';
import { AppError, Clock, DAY, addMilliseconds } from '@portillon/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { OPERATION_OPTIONS } from '../operation.options';
import type { OperationOptions } from '../operation.options';
import { ServiceDescription } from './service-description.service';
import { Service } from './service.dto';

/** Readers must fetch it again after a month, as it may have changed (RFC 9116, 2.5.5: less than a year). */
const GOOD_FOR_MS = 30 * DAY;

const PATH = '/.well-known/security.txt';

/** The contact for security reports (RFC 9116). `contact`: a mail address or an `https:` page. */
export function securityText(contact: string, publicUrl: string, now: Date): string {
  const expires = addMilliseconds(now, GOOD_FOR_MS).toISOString().slice(0, 10);
  return [
    `Contact: ${contact.startsWith('https:') ? contact : `mailto:${contact}`}`,
    `Expires: ${expires}T00:00:00.000Z`,
    'Preferred-Languages: fr, en',
    `Canonical: ${new URL(PATH, publicUrl).href}`,
    '',
  ].join('\n');
}

/** The page with the password form, « Mot de passe ». */
const PASSWORD_PAGE = '/mon-compte';

/** Describes the deployment to anyone, also at the well-known paths of RFC 8615. */
@ApiTags('The service')
@Public()
@Controller()
export class ServiceController {
  constructor(
    private readonly description: ServiceDescription,
    @Inject(OPERATION_OPTIONS) private readonly options: OperationOptions,
    private readonly clock: Clock,
  ) {}

  @Get('api/service')
  @ApiOperation({
    summary: 'The public settings of the service, for the sign-in page',
    description:
      'The name of the service, its languages, its contact for help, and its configured functions. Two fields depend on the database: the structure of the caller’s address, and the declared accessibility.',
  })
  @ApiOkResponse({ type: Service })
  getService(@Req() request: FastifyRequest): Promise<Service> {
    return this.description.read(clientOf(request));
  }

  @Get('.well-known/security.txt')
  @Header('content-type', 'text/plain; charset=utf-8')
  @ApiOperation({
    summary: 'The contact for reports of security weaknesses',
    description: 'RFC 9116: where `SECURITY_CONTACT` names an address or a page.',
  })
  @ApiProduces('text/plain')
  @ApiOkResponse({ description: 'The text.', schema: { type: 'string' } })
  @ApiErrors({ 404: ['not-found'] })
  getSecurityText(): string {
    const { securityContact, publicUrl } = this.options;
    if (securityContact === null) throw new AppError('not-found');
    return securityText(securityContact, publicUrl, this.clock.now());
  }

  @Get('.well-known/change-password')
  @ApiOperation({
    summary: 'The page where people change their password',
    description: 'W3C, « A Well-Known URL for Changing Passwords »: a page to open, not to fetch.',
  })
  @ApiResponse({ status: 303, description: 'Redirects to « Mon compte ».' })
  openPasswordPage(@Res() reply: FastifyReply): void {
    void reply.status(303).header('location', PASSWORD_PAGE).send();
  }
}
