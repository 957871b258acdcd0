import { Controller, Get } from '@nestjs/common';
import { ApiCookieAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiErrors } from '@portillon/access';
import { Requires } from '@portillon/user-management';
import { ServiceState } from './service/service-state.dto';
import { ServiceStateService } from './service/service-state.service';
import { SetupState } from './setup/setup-state.dto';
import { SetupStateService } from './setup/setup-state.service';
import { shownStatement, TrustStatement } from './trust/trust.dto';
import { StatementService } from './trust/statement.service';

@ApiTags('Administration: the service')
@ApiCookieAuth('session')
@Controller('api/admin')
export class OperationController {
  constructor(
    private readonly services: ServiceStateService,
    private readonly setups: SetupStateService,
    private readonly statements: StatementService,
  ) {}

  @Get('service')
  @Requires('service.read')
  @ApiErrors({ 401: ['session.required'] })
  @ApiOperation({
    summary: 'The state of the service: messages, queues, dependencies and expiries',
    description:
      'For national administrators. Shows the state as the answering instance sees it. Contains no personal data.',
  })
  @ApiOkResponse({ type: ServiceState })
  getServiceState(): Promise<ServiceState> {
    return this.services.read();
  }

  @Get('setup')
  @Requires('service.read')
  @ApiErrors({ 401: ['session.required', 'code.required'] })
  @ApiOperation({
    summary: 'The progress of the initial set-up',
    description:
      'For national administrators. Seven steps, computed from the settings, the tables and the present state of dependencies.',
  })
  @ApiOkResponse({ type: SetupState })
  getAdminSetup(): Promise<SetupState> {
    return this.setups.read();
  }

  @Get('trust')
  @Requires('service.read')
  @ApiErrors({ 401: ['session.required'] })
  @ApiOperation({
    summary: 'The statement that may be signed for this deployment, with its reservations',
    description:
      'For national administrators, in French: the output of `portillon trust`. It covers every structure and names no person.',
  })
  @ApiOkResponse({ type: TrustStatement })
  async getTrustStatement(): Promise<TrustStatement> {
    return shownStatement(await this.statements.read());
  }
}
