import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiCookieAuth, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiErrors } from '@portillon/access';
import { CurrentAdministrator, Requires } from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';
import { OpenedTestMail, TestMessage } from './setup-act.dto';
import { SetupConfirmationService } from './setup-confirmation.service';

/** Tests and confirmations of the set-up. */
@ApiTags('Administration: the service')
@ApiCookieAuth('session')
@Controller('api/admin/setup')
export class SetupActController {
  constructor(private readonly confirmations: SetupConfirmationService) {}

  @Post('test-mail')
  @HttpCode(200)
  @Requires('service.edit')
  @ApiOperation({
    summary: 'Sends a test mail to the caller’s own address',
    description:
      'A click on its link, within an hour, proves that the mail arrived. At most 5 mails an hour.',
  })
  @ApiOkResponse({ type: TestMessage })
  @ApiErrors({ 401: ['session.required', 'code.required'], 429: ['attempts.exceeded'] })
  @ApiErrors({ 503: ['channel.unavailable'] })
  async sendAdminTestMail(@CurrentAdministrator() administrator: Administrator): Promise<TestMessage> {
    return { delivery: await this.confirmations.sendMail(administrator) };
  }

  @Post('test-mail/opened')
  @HttpCode(204)
  @Requires('service.edit')
  @ApiOperation({
    summary: 'Records that a test mail arrived',
    description: 'Takes the value in the link, from the person who requested the mail.',
  })
  @ApiNoContentResponse()
  @ApiErrors({ 401: ['session.required', 'code.required'], 410: ['setup.test-expired'] })
  @ApiErrors({ 422: ['validation.failed'] })
  confirmAdminTestMail(
    @CurrentAdministrator() administrator: Administrator,
    @Body() { token }: OpenedTestMail,
  ): Promise<void> {
    return this.confirmations.confirmMail(administrator, token);
  }

  @Post('test-sms')
  @HttpCode(200)
  @Requires('service.edit')
  @ApiOperation({
    summary: 'Sends a test SMS to the caller’s own number',
    description: 'The number must be verified. At most 3 an hour.',
  })
  @ApiOkResponse({ type: TestMessage })
  @ApiErrors({ 401: ['session.required', 'code.required'], 409: ['setup.phone-not-proved'] })
  @ApiErrors({ 429: ['attempts.exceeded'], 503: ['channel.unavailable'] })
  async sendAdminTestSms(@CurrentAdministrator() administrator: Administrator): Promise<TestMessage> {
    return { delivery: await this.confirmations.sendSms(administrator) };
  }

  @Post('keys')
  @HttpCode(204)
  @Requires('service.edit')
  @ApiOperation({
    summary: 'Records that the caller keeps a copy of the keys elsewhere',
    description:
      'Confirms the keys of `SECRET_KEYS`, by their ids. A key that is added later needs a new confirmation.',
  })
  @ApiNoContentResponse()
  @ApiErrors({ 401: ['session.required', 'code.required'] })
  confirmAdminKeys(@CurrentAdministrator() administrator: Administrator): Promise<void> {
    return this.confirmations.confirmKeys(administrator);
  }
}
