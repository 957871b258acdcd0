import { randomBytes } from 'node:crypto';
import type { INestApplicationContext } from '@nestjs/common';
import { readSettings } from '../../settings/read/read-settings';
import { openContext } from '../context';

/** One for all: what one context sealed, another of the same test reads. */
const KEY = randomBytes(32).toString('base64');

/** The settings of a command, on the database of a test. */
export function testEnvironment(url: string): Record<string, string> {
  return {
    DATABASE_URL: url,
    SECRET_KEYS: `test:${KEY}`,
    SMTP_URL: 'smtp://127.0.0.1:1',
    MAIL_FROM: 'portillon@service.example',
    LOG_LEVEL: 'silent',
    LOG_FORMAT: 'json',
  };
}

/** What `apply` works with, on the database of a test. */
export function openTestContext(
  url: string,
  changes: Record<string, string> = {},
): Promise<INestApplicationContext> {
  return openContext(readSettings({ ...testEnvironment(url), ...changes }, '/nowhere'), 'apply');
}

/** Returns the refusals, each as `field code`; empty when all went well. */
export async function faultsOf(applying: Promise<unknown>): Promise<string[] | undefined> {
  const error = await applying.catch((one: unknown) => one);
  const { errors } = error as { errors?: { field: string; code: string }[] };
  return errors?.map(({ field, code }) => `${field} ${code}`);
}
