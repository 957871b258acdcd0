import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { ConfigurationDocument } from '@portillon/administration-configuration';

const DIALECT = 'https://json-schema.org/draft/2020-12/schema';

@Module({})
class NoModule {}

/** Prints the JSON Schema of the file, for editors: needs no setting and no database. */
export async function printSchema(): Promise<void> {
  console.log(JSON.stringify(await configurationSchema(), null, 2));
}

/** Built from the classes that check the file, so that editors and `apply` report the same faults. */
export async function configurationSchema(): Promise<object> {
  const app = await NestFactory.create(NoModule, new FastifyAdapter(), { logger: false });
  const config = new DocumentBuilder().setOpenAPIVersion('3.1.0').build();
  const { components } = SwaggerModule.createDocument(app, config, { extraModels: [ConfigurationDocument] });
  await app.close();
  const text = JSON.stringify(components!.schemas).replaceAll('#/components/schemas/', '#/$defs/');
  const { ConfigurationDocument: root, ...definitions } = JSON.parse(text) as Record<string, Schema>;
  return { $schema: DIALECT, title: 'Portillon', ...closed(root!), $defs: mapped(definitions, closed) };
}

type Schema = Record<string, unknown>;

/** A field that is not known is refused. */
function closed(schema: Schema): Schema {
  return schema['type'] === 'object' && 'properties' in schema
    ? { ...schema, additionalProperties: false }
    : schema;
}

function mapped(schemas: Record<string, Schema>, change: (schema: Schema) => Schema) {
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, change(schema)]));
}
