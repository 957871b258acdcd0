import { Controller, Get, Header, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '@portillon/http';
import { DemoMailbox, DemoMessage } from './demo-mailbox';
import { DEMO_SCRIPT, DEMO_STYLE, demoPage } from './demo-page';

/** Outside production only: every message that would have left. */
@ApiExcludeController()
@Public()
@Controller('demo')
export class DemoController {
  constructor(private readonly mailbox: DemoMailbox) {}

  @Get('messages')
  @Header('cache-control', 'no-store')
  messages(@Query('to') to?: unknown): DemoMessage[] {
    return this.mailbox.list(typeof to === 'string' ? to : undefined);
  }

  @Get('mailbox')
  @Header('cache-control', 'no-store')
  @Header('content-type', 'text/html; charset=utf-8')
  page(): string {
    return demoPage(this.mailbox.list());
  }

  @Get('mailbox.css')
  @Header('content-type', 'text/css; charset=utf-8')
  style(): string {
    return DEMO_STYLE;
  }

  @Get('mailbox.js')
  @Header('content-type', 'text/javascript; charset=utf-8')
  script(): string {
    return DEMO_SCRIPT;
  }
}
