import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiCookieAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiErrors } from '@portillon/access';
import { CurrentAdministrator, Requires } from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';
import { AdminEventProofRequest, AdminEventProofState, AdminEventSeal } from './event-proof.dto';
import { EventProofService } from './event-proof.service';

@ApiTags('Administration: journal')
@ApiCookieAuth('session')
@Controller('api/admin/events')
export class EventProofController {
  constructor(private readonly proofs: EventProofService) {}

  @Get('proof')
  @Requires('events.read')
  @ApiOperation({
    summary: 'The last seal of the journal, and the last proof',
    description: 'With the progress of the proof, and its result once it has ended.',
  })
  @ApiOkResponse({ type: AdminEventProofState })
  @ApiErrors({ 401: ['session.required', 'code.required'] })
  getAdminEventProof(@CurrentAdministrator() administrator: Administrator): Promise<AdminEventProofState> {
    return this.proofs.state(administrator);
  }

  @Post('proof')
  @HttpCode(202)
  @Requires('events.prove')
  @ApiOperation({
    summary: 'Starts a proof of the whole journal, as `portillon audit verify` does',
    description:
      'Runs in the background, one proof at a time: during a proof, the answer is that one. The journal records who requested it, and its result.',
  })
  @ApiAcceptedResponse({ type: AdminEventProofState })
  @ApiErrors({ 401: ['session.required', 'code.required'], 422: ['validation.failed'] })
  async proveAdminEvents(
    @CurrentAdministrator() administrator: Administrator,
    @Body() { head }: AdminEventProofRequest,
  ): Promise<AdminEventProofState> {
    await this.proofs.ask(administrator, head);
    return this.proofs.state(administrator);
  }

  @Get('seals/:sequence')
  @Requires('events.read')
  @ApiOperation({
    summary: 'A seal of the journal, by its number',
    description: 'The lines that it covers, its time and its digest, which a proof compares.',
  })
  @ApiOkResponse({ type: AdminEventSeal })
  @ApiErrors({ 401: ['session.required', 'code.required'], 404: ['not-found'] })
  getAdminEventSeal(@Param('sequence') sequence: string): Promise<AdminEventSeal> {
    return this.proofs.seal(sequence);
  }
}
