import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { createLogger, httpErrors, httpFields, instanceName, NestLogger } from '@portillon/http';
import { ErrorCatalogService } from '@portillon/kernel';
import { version } from '../../package.json';
import { AppModule } from '../app.module';
import { loadSettings } from '../settings/load-settings';
import { Settings } from '../settings/settings';

/** Runs `work` in the application without its HTTP side, and closes it after. */
export async function withContext<Result>(
  work: (app: INestApplicationContext, settings: Settings) => Promise<Result>,
): Promise<Result> {
  const settings = loadSettings();
  // The command writes its result to its output; log lines are only for faults.
  const app = await openContext({ ...settings, logLevel: 'warn' }, String(process.pid));
  try {
    return await work(app, settings);
  } finally {
    await app.close();
  }
}

/** `role`: the name of the process in the log, beside the name of its machine. */
export async function openContext(
  settings: Settings,
  role: string,
  { jobs = false } = {},
): Promise<INestApplicationContext> {
  const context = await NestFactory.createApplicationContext(AppModule.forRoot(settings, { jobs }), {
    logger: new NestLogger(createLogger(settings, { instance: instanceName(role), version })),
    abortOnError: false,
  });
  // A server registers this with its HTTP rules; commands report faults of fields too.
  context.get(ErrorCatalogService).register(httpErrors, httpFields);
  return context;
}
