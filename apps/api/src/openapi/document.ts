import type { INestApplication } from '@nestjs/common';
import { FactorRegistry, MeansRegistry } from '@portillon/access';
import { MACHINE_SCOPES } from '@portillon/application';
import { CodePurposeRegistry } from '@portillon/auth';
import { channelNames, ErrorCatalogService } from '@portillon/kernel';
import { completeDocument } from '@portillon/operation';
import { DocumentBuilder, OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import published from '../../openapi.json';

type Schemas = Record<string, { properties: Record<string, object> }>;

const DESCRIPTION = `The sign-in gate of a national orientation service for health professionals.

JSON only. Every error is a problem document (RFC 9457) with a stable \`code\`. Times are ISO 8601 UTC with
milliseconds, phone numbers E.164, ids opaque. A state-changing request from a browser must come from the service's own
origin. Too many requests get 429 with \`Retry-After\`.`;

const TAGS = {
  'The service': 'Public settings for pages, before the sign-in.',
  'Signing in': 'Password and code, card, Pro Santé Connect: each ends in a session, kept in a cookie.',
  'The session':
    'Reading, prolonging and ending a session; giving a code again for an action that requires one.',
  'Forgotten password, invitation': 'Choosing a password by a link that came by mail.',
  'My account': 'A person’s own account: factors, links, sessions, browsers, data.',
  'Administration: accounts': 'The accounts within the reach of an administrator.',
  'Administration: import and export': 'Many accounts at once, as files.',
  'Administration: invitation waves': 'Invitations to many people, a few at a time.',
  'Administration: structures': 'Structures and their policies.',
  'Administration: journal': 'The events within the reach of an administrator.',
  'Administration: statistics': 'Sign-ins counted by day, week or month.',
  'Administration: the service': 'The state of the service: messages, queues, dependencies, expiries.',
  'Administration: applications': 'Applications, their secrets, and their refused requests.',
  'Administration: webhooks': 'Webhooks that receive events, and their deliveries.',
  Applications: 'For the pages, while an application waits for a sign-in.',
  Gate: 'For reverse proxies, before they pass a request on.',
};

/** The document does not name the address of this deployment: `/.well-known/oauth-authorization-server` does. */
const MACHINES = {
  type: 'oauth2',
  description: 'An application of kind `service`, with client credentials and this API as its `resource`.',
  flows: {
    clientCredentials: {
      tokenUrl: '/oidc/token',
      scopes: Object.fromEntries(MACHINE_SCOPES.map((scope) => [scope, ''])),
    },
  },
} as const;

/** The OpenAPI 3.1 document, from the controllers and their bodies. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Portillon')
    .setDescription(DESCRIPTION)
    .setVersion('1')
    .addServer('/', 'The origin of the service')
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .addCookieAuth(
      'portillon_session',
      { type: 'apiKey', in: 'cookie', name: 'portillon_session' },
      'session',
    )
    .addOAuth2(MACHINES, 'application')
    .build();
  config.tags = Object.entries(TAGS).map(([name, description]) => ({ name, description }));
  const document = SwaggerModule.createDocument(app, config, {
    operationIdFactory: (_controller, method) => method,
  });
  listRegistered(document.components!.schemas as Schemas, app);
  return completeDocument(document, app);
}

/** The names that the libraries registered, in the schemas that list them. */
function listRegistered(schemas: Schemas, app: INestApplication): void {
  const factors = app.get(FactorRegistry);
  const known = published.components.schemas;
  const registered = {
    ErrorCode: app.get(ErrorCatalogService).codes,
    CodePurpose: app.get(CodePurposeRegistry).names,
    MeansId: app.get(MeansRegistry).names,
    CodeChannel: channelNames(),
    FactorWay: [...channelNames(), ...factors.names],
  };
  for (const [name, words] of Object.entries(registered)) {
    const order = known[name as keyof typeof registered].enum;
    Object.assign(schemas[name]!, { type: 'string', enum: inPublishedOrder(words, order) });
  }
  const confirming = registered.FactorWay.filter((factor) => factors.confirms(factor));
  const order = known.InteractionView.properties.codes.items.enum;
  const items = { type: 'string', enum: inPublishedOrder(confirming, order) };
  Object.assign(schemas['InteractionView']!.properties['codes']!, { items });
}

/** Words that integrators know keep their places; new ones come last, whatever module registers them. */
function inPublishedOrder(words: string[], known: string[]): string[] {
  const kept = known.filter((word) => words.includes(word));
  return [...kept, ...words.filter((word) => !known.includes(word)).sort()];
}
