import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { LegalNoticeService } from '../operator/legal-notice.service';
import { Public } from '@portillon/http';
import { PublishedLegalNotice, publishedView } from './legal-notice.dto';

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
