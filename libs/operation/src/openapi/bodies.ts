import type { INestApplication } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import type { OpenAPIObject } from '@nestjs/swagger';
import { getMetadataStorage } from 'class-validator';

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
export function bodyClasses(app: INestApplication): BodyClass[] {
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
