import type { INestApplication } from '@nestjs/common';
import { ErrorCatalogService } from '@portillon/kernel';
import { DocumentBuilder, OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import published from '../../openapi.json';
import { tellRefusalsOfAnyRoute } from './refusals-anywhere';

const DESCRIPTION = `The sign-in gate of a national orientation service for health professionals.

JSON only. Every error is a problem document (RFC 9457) with a stable \`code\`. Times are ISO 8601 UTC with
milliseconds, phone numbers E.164, ids opaque. A state-changing request from a browser must come from the service's own
origin. Too many: 429 with \`Retry-After\`.`;

/** The OpenAPI 3.1 document, from the controllers and their bodies. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Portillon')
    .setDescription(DESCRIPTION)
    .setVersion('1')
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .addCookieAuth(
      'portillon_session',
      { type: 'apiKey', in: 'cookie', name: 'portillon_session' },
      'session',
    )
    .build();
  const document = SwaggerModule.createDocument(app, config);
  document.components!.schemas!['ErrorCode'] = {
    type: 'string',
    enum: inPublishedOrder(app.get(ErrorCatalogService).codes),
  };
  return tellRefusalsOfAnyRoute(document);
}

/** Codes that integrators know keep their places; new ones come last, whatever module registers them. */
function inPublishedOrder(codes: string[]): string[] {
  const known: string[] = published.components.schemas.ErrorCode.enum;
  const kept = known.filter((code) => codes.includes(code));
  return [...kept, ...codes.filter((code) => !known.includes(code)).sort()];
}
