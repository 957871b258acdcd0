import { Controller, Get } from '@nestjs/common';
import { ApiCookieAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Refuses } from '@portillon/access';
import { Requires } from '@portillon/administration';
import { shownStatement } from './shown-statement';
import { StatementService } from './statement.service';
import { TrustStatement } from './trust.dto';

@ApiTags('Administration: the service')
@ApiCookieAuth('session')
@Controller('api/admin/trust')
export class TrustController {
  constructor(private readonly statements: StatementService) {}

  @Get()
  @Requires('service.read')
  @Refuses({ 401: ['session.required'] })
  @ApiOperation({
    operationId: 'getTrustStatement',
    summary: 'What may be signed of this deployment, with its reservations',
    description:
      'For national administrators, in French: what `portillon trust` tells. It reads every structure; nothing of a person.',
  })
  @ApiOkResponse({ type: TrustStatement })
  async getTrustStatement(): Promise<TrustStatement> {
    return shownStatement(await this.statements.read());
  }
}
