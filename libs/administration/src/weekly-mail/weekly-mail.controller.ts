import { Body, Controller, Get, HttpCode, Put } from '@nestjs/common';
import {
  ApiCookieAuth,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProperty,
  ApiTags,
} from '@nestjs/swagger';
import { ApiErrors } from '@portillon/access';
import { CurrentAdministrator, Requires } from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';
import { IsBoolean } from 'class-validator';
import { WeeklyMailService } from './weekly-mail.service';

class WeeklyMailChoice {
  @ApiProperty({ description: 'Whether I receive it, each Monday at 8:00 in Paris.' })
  @IsBoolean()
  chosen!: boolean;
}

@ApiTags('My account')
@ApiCookieAuth('session')
@ApiErrors({ 401: ['session.required', 'code.required'], 403: ['permission.denied'] })
@Controller('api/admin/weekly-mail')
export class WeeklyMailController {
  constructor(private readonly weekly: WeeklyMailService) {}

  @Get()
  @Requires('accounts.decide')
  @ApiOperation({
    summary: 'Whether I receive the number of decisions that wait for me, by mail',
    description: 'It is off until I choose it.',
  })
  @ApiOkResponse({ type: WeeklyMailChoice })
  async getWeeklyMail(@CurrentAdministrator() administrator: Administrator): Promise<WeeklyMailChoice> {
    return { chosen: await this.weekly.isChosen(administrator) };
  }

  @Put()
  @HttpCode(204)
  @Requires('accounts.decide')
  @ApiOperation({
    summary: 'Starts or stops the weekly mail',
    description:
      'It has the numbers of what the home of administrators shows, and no names. No mail is sent while nothing waits.',
  })
  @ApiNoContentResponse()
  @ApiErrors({ 422: ['validation.failed'] })
  chooseWeeklyMail(
    @CurrentAdministrator() administrator: Administrator,
    @Body() body: WeeklyMailChoice,
  ): Promise<void> {
    return this.weekly.choose(administrator, body.chosen);
  }
}
