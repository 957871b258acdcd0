import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Answer } from '../people/answer.types';
import { cookieFaults } from '../people/told-cookies';

interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  nullable?: boolean;
  enum?: unknown[];
  oneOf?: Schema[];
  anyOf?: Schema[];
  allOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
}

interface Operation {
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>;
}

interface OpenApi {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
}

const FILE = join(__dirname, '../../../../api/openapi.json');
const PROBLEM: Schema = { $ref: '#/components/schemas/Problem' };
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** The committed OpenAPI document, as what every answer must keep to. */
export class Contract {
  readonly #document = JSON.parse(readFileSync(FILE, 'utf8')) as OpenApi;

  /** @throws Error naming each way in which the answer is not the one that the document promises. */
  hold(method: string, path: string, answer: Answer): void {
    // Monitoring reads the probes: their 503 is a list of checks. The provider speaks OAuth, the
    // directory's interface SCIM.
    const isProblem = answer.status >= 400 && !/^\/(health|oidc|scim)\//.test(path);
    const faults = [...cookieFaults(answer.cookies), ...(isProblem ? this.#problemFaults(answer) : [])];
    const operation = this.#operation(method, path);
    if (operation) faults.push(...this.#answerFaults(operation, answer));
    if (faults.length > 0)
      throw new Error(
        `${method} ${path.slice(0, 100)} answered ${answer.outcome} against its contract:\n${faults.join('\n')}`,
      );
  }

  /** Every operation: `POST /api/session/renew`. */
  get operations(): { method: string; path: string }[] {
    return Object.entries(this.#document.paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => ({ method: method.toUpperCase(), path })),
    );
  }

  #operation(method: string, path: string): Operation | undefined {
    const plain = path.split('?', 1)[0]!;
    // A concrete path comes before a templated one (OpenAPI 3.1, Paths Object).
    const known = this.#document.paths[plain] ?? this.#templated(plain);
    return known?.[method.toLowerCase()];
  }

  #templated(plain: string): Record<string, Operation> | undefined {
    const found = Object.keys(this.#document.paths).find((one) => pattern(one).test(plain));
    return found === undefined ? undefined : this.#document.paths[found];
  }

  #problemFaults(answer: Answer): string[] {
    const type = answer.headers['content-type'] ?? 'none';
    if (!type.startsWith('application/problem+json')) return [`content type ${type} of an error`];
    const { status, requestId } = answer.body as { status: number; requestId: string };
    return [
      ...this.#faults(PROBLEM, answer.body, 'problem'),
      ...(status === answer.status ? [] : [`status ${status} in the body`]),
      ...(requestId === answer.headers['x-request-id'] ? [] : ['requestId is not X-Request-Id']),
      ...retryFaults(answer),
    ];
  }

  #answerFaults(operation: Operation, answer: Answer): string[] {
    const declared = operation.responses[String(answer.status)];
    if (!declared) return ['the status is not declared'];
    if (answer.status >= 400) return [];
    return this.#bodyFaults(declared.content ?? {}, answer);
  }

  #bodyFaults(content: Record<string, { schema: Schema }>, answer: Answer): string[] {
    if (isDeclaredFile(content, answer)) return [];
    const schema = content['application/json']?.schema;
    if (!schema) return answer.text === '' ? [] : ['a body that is not declared'];
    const type = answer.headers['content-type'] ?? 'none';
    if (!type.startsWith('application/json')) return [`content type ${type}`];
    return this.#faults(schema, answer.body, 'body');
  }

  /** What of `value` is not as `schema` says; a member that is not declared counts. */
  #faults(schema: Schema, value: unknown, at: string): string[] {
    if (schema.$ref) return this.#faults(this.#named(schema.$ref), value, at);
    const choices = schema.oneOf ?? schema.anyOf;
    if (choices) return this.#choiceFaults(choices, value, at);
    if (schema.allOf) return schema.allOf.flatMap((one) => this.#faults(one, value, at));
    if (value === null && isNullable(schema)) return [];
    if (schema.items) return this.#listFaults(schema.items, value, at);
    return schema.properties ? this.#objectFaults(schema, value, at) : plainFaults(schema, value, at);
  }

  #named(reference: string): Schema {
    return this.#document.components.schemas[reference.split('/').at(-1)!]!;
  }

  #choiceFaults(choices: Schema[], value: unknown, at: string): string[] {
    const outcomes = choices.map((one) => this.#faults(one, value, at));
    return outcomes.filter((one) => one.length === 0).length === 1
      ? []
      : [`${at}: fits not one of`, ...outcomes.flat()];
  }

  #listFaults(items: Schema, value: unknown, at: string): string[] {
    if (!Array.isArray(value)) return [`${at}: not a list`];
    return value.flatMap((one, index) => this.#faults(items, one, `${at}[${index}]`));
  }

  #objectFaults(schema: Schema, value: unknown, at: string): string[] {
    if (typeName(value) !== 'object') return [`${at}: a ${typeName(value)}`];
    const object = value as Record<string, unknown>;
    const properties = schema.properties!;
    return [
      ...(schema.required ?? []).filter((name) => !(name in object)).map((name) => `${at}.${name}: missing`),
      ...Object.keys(object)
        .filter((name) => !(name in properties))
        .map((name) => `${at}.${name}: not declared`),
      ...Object.keys(object)
        .filter((name) => name in properties)
        .flatMap((name) => this.#faults(properties[name]!, object[name], `${at}.${name}`)),
    ];
  }
}

/** What a file holds is for the tests of its route. */
function isDeclaredFile(content: Record<string, unknown>, answer: Answer): boolean {
  const type = answer.headers['content-type']?.split(';', 1)[0] ?? '';
  return type !== 'application/json' && type in content;
}

function plainFaults(schema: Schema, value: unknown, at: string): string[] {
  if (schema.enum && !schema.enum.includes(value))
    return [`${at}: ${JSON.stringify(value)} is not in the enum`];
  if (schema.format === 'date-time' && !INSTANT.test(String(value))) return [`${at}: not an instant`];
  return isOfType(schema, value) ? [] : [`${at}: a ${typeName(value)}`];
}

function retryFaults({ status, headers, body }: Answer): string[] {
  const told = (body as { retryAfterSeconds?: number }).retryAfterSeconds;
  const header = headers['retry-after'];
  if (status === 429 && !/^[1-9]\d*$/.test(header ?? '')) return [`Retry-After: ${header}`];
  return String(told) === String(header) ? [] : [`Retry-After: ${header}, in the body: ${told}`];
}

function pattern(path: string): RegExp {
  return new RegExp(`^${path.replace(/\{[^}]+\}/g, '[^/]+')}$`);
}

function isNullable(schema: Schema): boolean {
  return schema.nullable === true || typesOf(schema).includes('null');
}

function typesOf(schema: Schema): string[] {
  return [schema.type ?? []].flat();
}

function isOfType(schema: Schema, value: unknown): boolean {
  const types = typesOf(schema);
  return types.includes(typeName(value)) || (types.includes('integer') && Number.isInteger(value));
}

function typeName(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}
