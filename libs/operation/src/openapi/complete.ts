import type { INestApplication } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import type { OpenAPIObject } from '@nestjs/swagger';
import '@portillon/access';
import { CURSOR_SHAPE } from '@portillon/kernel';
import type { ErrorCode } from '@portillon/kernel';
import { getMetadataStorage } from 'class-validator';

type Item = OpenAPIObject['paths'][string];
type Operation = NonNullable<Item['get']>;
type Responses = Operation['responses'];

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;
/** Refusals that every route may return. */
const OF_ANY: Record<number, ErrorCode> = { 400: 'request.malformed', 500: 'internal', 503: 'service.busy' };
/** Further refusals of a route that changes data: it accepts a body, from our own pages only. */
const OF_A_CHANGE: Record<number, ErrorCode> = {
  ...OF_ANY,
  400: 'body.malformed',
  403: 'origin.refused',
  413: 'body.too-large',
  415: 'media-type.unsupported',
};

/** The further refusal of a path with an id: the id is unknown or too long. */
const OF_AN_ID: Record<number, ErrorCode> = { 404: 'not-found' };

/** The further refusal of a route with a session: a session that may only add a strong means opens few of them. */
const OF_A_SESSION: Record<number, ErrorCode> = { 403: 'enrolment.required' };

/** Further refusals of administration, which reads tokens on all routes, even on those closed to applications. */
const OF_ADMINISTRATION: Record<number, ErrorCode> = {
  400: 'credentials.ambiguous',
  401: 'access-token.rejected',
  429: 'requests.exceeded',
};
/** The further refusal of a route that is open to applications. */
const OF_A_MACHINE: Record<number, ErrorCode> = { 403: 'scope.insufficient' };

/** Adds to the document what no controller declares: the rules of its bodies and its refusals. */
export function completeDocument(document: OpenAPIObject, app: INestApplication): OpenAPIObject {
  describeBodies(document, bodyClasses(app));
  return complete(document);
}

/**
 * Adds to each operation the refusals that any route may return, and marks routes that need no session. An integrator then
 * finds every answer in one place.
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
  return simplified(document);
}

function describeCursor({ parameters = [] }: Operation): void {
  for (const one of parameters)
    if ('name' in one && one.name === 'cursor') one.schema = { type: 'string', pattern: CURSOR_SHAPE.source };
}

/** Documents that the client sends the next page's cursor back as `cursor`. */
function describeCursors({ components }: OpenAPIObject): void {
  const schemas = Object.values(components?.schemas ?? {}) as { properties?: Record<string, object> }[];
  for (const { properties } of schemas)
    if (properties?.['nextCursor']) Object.assign(properties['nextCursor'], { pattern: CURSOR_SHAPE.source });
}

/**
 * Returns the shared responses that operations refer to. Some statuses have several codes, so some responses are unused.
 */
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

/**
 * OpenAPI 3.1 allows other fields beside a reference; Nest writes it as an `allOf` of one, as 3.0 required. A number
 * without a format is an integer: Nest derives `number` from TypeScript, of which generated clients make decimals.
 */
function simplified<T>(document: T): T {
  const text = JSON.stringify(document, (_, value: unknown) => {
    if (typeof value !== 'object' || value === null) return value;
    const { allOf, type, format } = value as { allOf?: object[]; type?: unknown; format?: unknown };
    if (allOf?.length === 1) return { ...value, allOf: undefined, ...allOf[0] };
    if (format !== undefined) return value;
    if (type === 'number') return { ...value, type: 'integer' };
    return Array.isArray(type) && type.includes('number')
      ? { ...value, type: type.map((one: unknown) => (one === 'number' ? 'integer' : one)) }
      : value;
  });
  return JSON.parse(text) as T;
}

/** Nodes start a new line down to this depth: the document, its parts, the paths or schemas, and their entries. */
const DEPTH = 3;

/** Returns JSON with each operation and schema on one line, so that a change of the API is one line of a diff. */
export function printedByEntry(document: object): string {
  return printed(document, DEPTH);
}

function printed(value: unknown, depth: number): string {
  const isGroup = typeof value === 'object' && value !== null && !Array.isArray(value);
  if (depth === 0 || !isGroup) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
  const indent = '  '.repeat(DEPTH - depth + 1);
  const lines = entries.map(
    ([key, entry]) => `${indent}${JSON.stringify(key)}: ${printed(entry, depth - 1)}`,
  );
  return `{\n${lines.join(',\n')}\n${indent.slice(2)}}`;
}

/** A schema as Nest writes it: flat, with each reference by class name. */
interface Schema {
  type?: string | string[];
  properties?: Record<string, Schema>;
  items?: Schema;
  required?: string[];
  $ref?: string;
  [keyword: string]: unknown;
}
interface Body {
  required?: boolean;
  content: Partial<Record<string, { schema: Schema }>>;
}
type Rule = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']>[number];
type BodyClass = abstract new () => object;

type Keyword = (bound: unknown, schema: Schema) => Schema;

/** The JSON Schema keyword that describes what a validator checks. */
const KEYWORDS: Record<string, Keyword> = {
  min: (minimum) => ({ minimum }),
  max: (maximum) => ({ maximum }),
  isInt: (_bound, { type }) => ({ type: [type].flat().includes('null') ? ['integer', 'null'] : 'integer' }),
  arrayMaxSize: (maxItems) => ({ maxItems }),
  arrayNotEmpty: () => ({ minItems: 1 }),
  arrayUnique: () => ({ uniqueItems: true }),
};
const KEYWORDS_OF_TEXT: Record<string, Keyword> = {
  isNotEmpty: () => ({ minLength: 1 }),
  maxLength: (maxLength) => ({ maxLength }),
  // JSON Schema reads a pattern with the flag `u` and no other.
  matches: (shape) => (/^u?$/.test((shape as RegExp).flags) ? { pattern: (shape as RegExp).source } : {}),
};

/** Returns the classes of request bodies of all routes. */
function bodyClasses(app: INestApplication): BodyClass[] {
  const controllers = [...app.get(ModulesContainer).values()].flatMap((one) => [...one.controllers.values()]);
  return controllers.flatMap(({ metatype }) => {
    const routes = metatype!.prototype as object;
    return Object.getOwnPropertyNames(routes).flatMap(
      (method) => (Reflect.getMetadata('design:paramtypes', routes, method) ?? []) as BodyClass[],
    );
  });
}

/** Documents in each body the checks of `validateBody`, from the same validators. */
export function describeBodies(document: OpenAPIObject, classes: BodyClass[]): void {
  const schemas = document.components!.schemas as Record<string, Schema>;
  const byName = new Map([...validatedClasses(), ...classes].map((type) => [type.name, type]));
  const described = new Set<string>();
  const describe = (name: string, type: BodyClass) => {
    const schema = schemas[name]!;
    if (described.has(name) || !schema.properties) return;
    described.add(name);
    schema.additionalProperties = false;
    for (const rule of rulesOf(type)) apply(rule, schema.properties[rule.propertyName]!);
    for (const [field, { $ref, items }] of Object.entries(schema.properties)) {
      const nested = $ref ?? items?.$ref;
      if (nested) describe(nameIn(nested), classOfField(type, field));
    }
  };
  for (const body of jsonBodiesOf(document)) {
    const name = nameIn(body.content['application/json']!.schema.$ref!);
    describe(name, byName.get(name)!);
    body.required = (schemas[name]!.required ?? []).length > 0;
  }
}

function jsonBodiesOf({ paths }: OpenAPIObject) {
  const operations = Object.values(paths).flatMap((item) => Object.values(item) as { requestBody?: Body }[]);
  return operations.flatMap(({ requestBody }) =>
    requestBody?.content['application/json'] ? [requestBody] : [],
  );
}

/** Includes bodies that a guard reads, although no parameter of a route has their class. */
function validatedClasses(): BodyClass[] {
  const storage = getMetadataStorage() as unknown as { validationMetadatas: Map<BodyClass, unknown> };
  return [...storage.validationMetadatas.keys()];
}

function classOfField(type: BodyClass, field: string): BodyClass {
  const fields = type.prototype as object;
  return (Reflect.getMetadata('swagger/apiModelProperties', fields, field) as { type: BodyClass }).type;
}

function rulesOf(type: BodyClass): Rule[] {
  return getMetadataStorage().getTargetValidationMetadatas(type, '', false, false);
}

function apply({ name = '', constraints, each }: Rule, property: Schema): void {
  const schema = each ? property.items! : property;
  const isText = [schema.type].flat().includes('string');
  const keyword = KEYWORDS[name] ?? (isText ? KEYWORDS_OF_TEXT[name] : undefined);
  Object.assign(schema, keyword?.((constraints as unknown[] | undefined)?.[0], schema));
}

function nameIn(reference: string): string {
  return reference.split('/').at(-1)!;
}
