import type { INestApplication } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';
import '@portillon/access';
import { CURSOR_SHAPE, type ErrorCode } from '@portillon/kernel';
import { bodyClasses, describeBodies } from './bodies';

type Item = OpenAPIObject['paths'][string];
type Operation = NonNullable<Item['get']>;
type Responses = Operation['responses'];

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;
/** Refusals that every route may give, whatever it does… */
const OF_ANY: Record<number, ErrorCode> = { 400: 'request.malformed', 500: 'internal', 503: 'service.busy' };
/** …and those of a route that changes something: it takes a body, from our own pages alone. */
const OF_A_CHANGE: Record<number, ErrorCode> = {
  ...OF_ANY,
  400: 'body.malformed',
  403: 'origin.refused',
  413: 'body.too-large',
  415: 'media-type.unsupported',
};

/** …and that of a path with an id, which is of nothing or longer than any. */
const OF_AN_ID: Record<number, ErrorCode> = { 404: 'not-found' };

/** …and that of a route with a session: one that may only add a strong means opens few of them. */
const OF_A_SESSION: Record<number, ErrorCode> = { 403: 'enrolment.required' };

/** …and those of administration, where a token is read, whether an application may ask for the route or not… */
const OF_ADMINISTRATION: Record<number, ErrorCode> = {
  400: 'credentials.ambiguous',
  401: 'access-token.rejected',
  429: 'requests.exceeded',
};
/** …and that of a route for which it may. */
const OF_A_MACHINE: Record<number, ErrorCode> = { 403: 'scope.insufficient' };

/** Writes into the document of an application what no controller says: its bodies' rules and its refusals. */
export function completeDocument(document: OpenAPIObject, app: INestApplication): OpenAPIObject {
  describeBodies(document, bodyClasses(app));
  return complete(document);
}

/**
 * Writes down at each operation what no controller repeats: the refusals of any route, and that a route without a
 * session needs none. An integrator then reads every answer in one place.
 */
export function complete(document: OpenAPIObject): OpenAPIObject {
  for (const [path, item] of Object.entries(document.paths))
    for (const method of METHODS) {
      const operation = item[method];
      if (!operation) continue;
      operation.security ??= [];
      describeCursor(operation);
      if (operation.security.some((one) => 'session' in one)) addRefusals(operation.responses, OF_A_SESSION);
      if (path.startsWith('/api/admin/')) addRefusals(operation.responses, OF_ADMINISTRATION);
      if (operation.security.some((one) => 'application' in one))
        addRefusals(operation.responses, OF_A_MACHINE);
      if (path.includes('{')) addRefusals(operation.responses, OF_AN_ID);
      addRefusals(operation.responses, method === 'get' ? OF_ANY : OF_A_CHANGE);
    }
  describeCursors(document);
  document.components = { ...document.components, responses: responsesNamedIn(document) };
  return withPlainReferences(document);
}

function describeCursor({ parameters = [] }: Operation): void {
  for (const one of parameters)
    if ('name' in one && one.name === 'cursor') one.schema = { type: 'string', pattern: CURSOR_SHAPE.source };
}

/** The next page's cursor is what is given back as `cursor`. */
function describeCursors({ components }: OpenAPIObject): void {
  const schemas = Object.values(components?.schemas ?? {}) as { properties?: Record<string, object> }[];
  for (const { properties } of schemas)
    if (properties?.['nextCursor']) Object.assign(properties['nextCursor'], { pattern: CURSOR_SHAPE.source });
}

/** The answers that some operation refers to: not every code stands alone at its status. */
function responsesNamedIn({ paths }: OpenAPIObject) {
  const text = JSON.stringify(paths);
  const codes = [OF_ANY, OF_A_CHANGE, OF_AN_ID, OF_A_SESSION, OF_ADMINISTRATION, OF_A_MACHINE].flatMap(
    (refusals) => Object.values(refusals),
  );
  const named = codes.filter((code) => text.includes(`"#/components/responses/${code}"`));
  return Object.fromEntries(named.map((code) => [code, refusal(`\`${code}\``)]));
}

function addRefusals(responses: Responses, refusals: Record<number, ErrorCode>): void {
  for (const [status, code] of Object.entries(refusals)) {
    const own = responses[status];
    if (!own) responses[status] = { $ref: `#/components/responses/${code}` };
    else if ('$ref' in own) responses[status] = refusal(`\`${own.$ref.split('/').at(-1)}\`, \`${code}\``);
    else if (!own.description.includes(code))
      own.description = [own.description, `\`${code}\``].filter(Boolean).join(', ');
  }
}

function refusal(description: string) {
  return {
    description,
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  };
}

/** OpenAPI 3.1 lets a reference have neighbours; Nest writes it as an `allOf` of one, as 3.0 asked for. */
function withPlainReferences<T>(document: T): T {
  const text = JSON.stringify(document, (_, value: unknown) => {
    if (typeof value !== 'object' || value === null || !('allOf' in value)) return value;
    const { allOf, ...others } = value as { allOf: object[] };
    return allOf.length === 1 ? { ...others, ...allOf[0] } : value;
  });
  return JSON.parse(text) as T;
}
