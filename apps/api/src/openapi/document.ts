import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
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
  return tellRefusalsOfAnyRoute(SwaggerModule.createDocument(app, config));
}
