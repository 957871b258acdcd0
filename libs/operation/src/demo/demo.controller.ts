import { Controller, Get, Header, Headers, Param, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { localeOf, Public } from '@portillon/http';
import { AppError } from '@portillon/kernel';
import type { FastifyReply } from 'fastify';
import { DemoMailbox, DemoMessage } from './demo-mailbox';
import { demoPage, DEMO_SCRIPT, DEMO_STYLE } from './demo-page';

/** A mail is foreign content: it may run no script and load no resource, and its links open in another tab. */
const MAIL_POLICY =
  "default-src 'none';style-src 'unsafe-inline';frame-ancestors 'self';sandbox allow-popups allow-popups-to-escape-sandbox";

/** Outside production only: shows every message that would have been sent. */
@ApiExcludeController()
@Public()
@Controller('demo')
export class DemoController {
  constructor(private readonly mailbox: DemoMailbox) {}

  @Get('messages')
  @Header('cache-control', 'no-store')
  messages(@Query('to') to?: unknown, @Query('after') after?: unknown): Omit<DemoMessage, 'html'>[] {
    const listed = this.mailbox.list({
      to: typeof to === 'string' ? to : undefined,
      after: Number(after) || 0,
    });
    return listed.map(({ html: _, ...message }) => message);
  }

  @Get('messages/:id')
  @Header('cache-control', 'no-store')
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', MAIL_POLICY)
  @Header('x-frame-options', 'SAMEORIGIN')
  mail(@Param('id') id: string, @Res({ passthrough: true }) reply: FastifyReply): string {
    const html = this.mailbox.find(Number(id))?.html;
    if (!html) throw new AppError('not-found');
    // The sandboxed page has no origin to be keyed by, so the browser would warn.
    reply.removeHeader('origin-agent-cluster');
    return html.replace('<head>', '<head><base target="_blank">');
  }

  @Get('mailbox')
  @Header('cache-control', 'no-store')
  @Header('content-type', 'text/html; charset=utf-8')
  page(
    @Res({ passthrough: true }) reply: FastifyReply,
    @Query('lang') lang?: unknown,
    @Query('who') who?: unknown,
    @Headers('accept-language') accepted?: string,
  ): string {
    // This page frames its mails; no other page may frame anything.
    const policy = String(reply.getHeader('content-security-policy'));
    reply.header('content-security-policy', `${policy};frame-src 'self'`);
    const locale = lang === 'fr' || lang === 'en' ? lang : localeOf(accepted);
    return demoPage(this.mailbox.list(), { locale, who: typeof who === 'string' ? who : '' });
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
