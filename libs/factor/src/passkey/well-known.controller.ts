import { Controller, Get, Inject, UseGuards } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ACCESS_OPTIONS, ApiErrors, type ResolvedAccessOptions } from '@portillon/access';
import { PasskeyService } from '@portillon/authenticator';
import { Public } from '@portillon/http';
import { AppError } from '@portillon/kernel';
import { OfferedGuard } from './offered.guard';
import { PasskeyEndpoints, RelatedOrigins } from './passkey.dto';

/** The page that has « Clés d'accès ». */
const PAGE = '/mon-compte';

/** Public documents at the relying party's domain, for browsers and passkey managers. */
@ApiTags('Signing in')
@Public()
@UseGuards(OfferedGuard)
@Controller('.well-known')
export class WellKnownController {
  constructor(
    private readonly passkeys: PasskeyService,
    @Inject(ACCESS_OPTIONS) private readonly options: ResolvedAccessOptions,
  ) {}

  @Get('webauthn')
  @ApiOperation({
    summary: 'The origins whose pages may use our passkeys',
    description:
      'Related origin requests (WebAuthn level 3, 5.11): where `PASSKEY_RELATED_ORIGINS` names some.',
  })
  @ApiOkResponse({ type: RelatedOrigins })
  @ApiErrors({ 404: ['not-found', 'means.unavailable'] })
  getRelatedOrigins(): RelatedOrigins {
    const origins = this.passkeys.relatedOrigins;
    if (origins.length === 0) throw new AppError('not-found');
    return { origins };
  }

  @Get('passkey-endpoints')
  @ApiOperation({
    summary: 'The pages where people add and manage their passkeys',
    description: 'W3C, « A Well-Known URL for Relying Party Passkey Endpoints ».',
  })
  @ApiOkResponse({ type: PasskeyEndpoints })
  @ApiErrors({ 404: ['means.unavailable'] })
  getPasskeyEndpoints(): PasskeyEndpoints {
    const page = new URL(PAGE, this.options.publicUrl).href;
    return { enroll: page, manage: page };
  }
}
