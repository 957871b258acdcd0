import { randomBytes } from 'node:crypto';
import { createApp } from '../boot';
import { openApiDocument } from '../openapi/document';
import { printedByEntry } from '../openapi/printed';
import { readSettings } from '../settings/read/read-settings';

/** Prints the document of the code as it is: needs no setting and touches no data. */
export async function printOpenApi(): Promise<void> {
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
  console.log(printedByEntry(openApiDocument(app)));
  await app.close();
}
