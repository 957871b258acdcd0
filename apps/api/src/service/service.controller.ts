import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Public } from '@portillon/http';
import { NotificationService } from '@portillon/notification';
import { SERVICE_NAME } from '../settings/lib-options';
import { SETTINGS } from '../settings/settings.token';
import type { Settings } from '../settings/settings';

export class Service {
  @ApiProperty({ example: 'Portillon' })
  name!: string;

  @ApiProperty({ description: 'Whether messages go to the demo mailbox instead of leaving.' })
  demo!: boolean;

  @ApiProperty({ description: 'How long a code holds on a browser.', example: 24 })
  codeWindowHours!: number;

  @ApiProperty({ description: 'Whether SMS can leave at all.' })
  smsAvailable!: boolean;

  @ApiProperty({
    type: String,
    nullable: true,
    description:
      'The card’s own origin, which the page calls across origins; null: the card is presented here.',
  })
  cardUrl!: string | null;

  @ApiProperty({ type: String, nullable: true })
  supportEmail!: string | null;
}

@ApiTags('The service')
@Public()
@Controller('api/service')
export class ServiceController {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly notifications: NotificationService,
  ) {}

  @Get()
  @ApiOperation({
    operationId: 'getService',
    summary: 'What the page needs to know before anybody signs in',
    description:
      'The name of the service, the languages, where to ask for help, and what the deployment has set up.',
  })
  @ApiOkResponse({ type: Service })
  getService(): Service {
    return {
      name: SERVICE_NAME,
      demo: this.settings.demo,
      codeWindowHours: this.settings.codeWindowHours,
      smsAvailable: this.notifications.available('SMS'),
      cardUrl: this.settings.cpx?.url ?? null,
      supportEmail: this.settings.supportEmail,
    };
  }
}
