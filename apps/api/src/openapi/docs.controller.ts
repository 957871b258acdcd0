import { Controller, Get, Header, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '@portillon/http';
import type { FastifyReply } from 'fastify';
import { DOCS_PAGE, DOCS_START, DOCS_THEME } from '@portillon/operation';

/** The committed document, which CI holds equal to the code, and a page to read it. */
@ApiExcludeController()
@Public()
@Controller('api')
export class DocsController {
  @Get('openapi.json')
  async document(): Promise<object> {
    return (await import('../../openapi.json')).default;
  }

  @Get('docs')
  @Header('content-type', 'text/html; charset=utf-8')
  page(@Res({ passthrough: true }) reply: FastifyReply): string {
    // The reader's style sheet holds its icons as data: addresses, which no other page may show.
    const policy = String(reply.getHeader('content-security-policy'));
    reply.header('content-security-policy', policy.replace("img-src 'self'", "img-src 'self' data:"));
    return DOCS_PAGE;
  }

  @Get('docs/start.js')
  @Header('content-type', 'text/javascript; charset=utf-8')
  start(): string {
    return DOCS_START;
  }

  @Get('docs/theme.css')
  @Header('content-type', 'text/css; charset=utf-8')
  theme(): string {
    return DOCS_THEME;
  }
}
