import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../app.module';
import { createLogger, NestLogger } from '../logging/logger';
import { loadSettings } from '../settings/load-settings';
import { Settings } from '../settings/settings';

/** Runs `work` in the application without its HTTP side, and closes it after. */
export async function withContext<Result>(
  work: (app: INestApplicationContext, settings: Settings) => Promise<Result>,
): Promise<Result> {
  const settings = loadSettings();
  const app = await openContext(settings);
  try {
    return await work(app, settings);
  } finally {
    await app.close();
  }
}

export function openContext(settings: Settings): Promise<INestApplicationContext> {
  return NestFactory.createApplicationContext(AppModule.forRoot(settings), {
    logger: new NestLogger(createLogger({ ...settings, logLevel: 'warn' })),
    abortOnError: false,
  });
}
