import { randomBytes } from 'node:crypto';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { PersonalDataRegistry } from '@portillon/personal-data';
import { createApp } from '../boot';
import { openApiDocument } from '../openapi/document';
import { printedByEntry } from '@portillon/operation';
import { readSettings } from '../settings/read/read-settings';

/** Prints the document of the code as it is: needs no setting and touches no data. */
export function printOpenApi(): Promise<void> {
  return printOf((app) => printedByEntry(openApiDocument(app)));
}

/** Prints the libraries' declarations of their tables, with the durations of the default settings. */
export function printTables(): Promise<void> {
  return printOf((app) => JSON.stringify(app.get(PersonalDataRegistry).describe()));
}

async function printOf(described: (app: NestFastifyApplication) => string): Promise<void> {
  const environment = {
    DATABASE_URL: 'sqlite::memory:',
    SECRET_KEYS: `openapi:${randomBytes(32).toString('base64')}`,
    SMTP_URL: 'smtp://127.0.0.1:1',
    MAIL_FROM: 'openapi@portillon.example',
    LOG_LEVEL: 'silent',
    LOG_FORMAT: 'json',
  };
  const app = await createApp({ settings: readSettings(environment, process.cwd()) });
  await app.init();
  console.log(described(app));
  await app.close();
}
