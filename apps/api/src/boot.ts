import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, NestFastifyApplication } from '@nestjs/platform-fastify';
import { CARD_PATHS } from '@portillon/cpx';
import {
  createAdapter,
  configureServer,
  createLogger,
  instanceName,
  NestLogger,
  ServerOptions,
} from '@portillon/http';
import { Clock, Random, SystemClock, SystemRandom } from '@portillon/kernel';
import { ReceiptService } from '@portillon/notification';
import { OpenidRouter } from '@portillon/openid';
import {
  MetricsService,
  PageAnswersService,
  serveDocumentation,
  serveStaticFiles,
  TelemetryService,
} from '@portillon/operation';
import { ScimErrorFilter } from '@portillon/scim';
import { readFileSync } from 'node:fs';
import type { Logger } from 'pino';
import { version } from '../package.json';
import { AppModule } from './app.module';
import { receiveDeliveryReports } from './delivery/delivery-reports';
import { Settings } from './settings/settings';

export interface Boot {
  settings: Settings;
  logger?: Logger;
  clock?: Clock;
  /** Whether the libs' jobs run in this process. */
  jobs?: boolean;
}

/** The application, ready to listen: the libraries, our HTTP rules on every route, and the pages. */
export async function createApp(boot: Boot): Promise<NestFastifyApplication> {
  const { settings } = boot;
  const instance = instanceName(settings.port);
  const logger = boot.logger ?? createLogger(settings, { instance, version });
  const clock = boot.clock ?? new SystemClock();
  const options = serverOptions(settings, logger.child({ component: 'http' }), new SystemRandom(clock));
  const adapter: FastifyAdapter = createAdapter(options);
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.forRoot(settings, { clock, jobs: boot.jobs ?? false }),
    adapter,
    {
      logger: new NestLogger(logger),
      bodyParser: false,
      abortOnError: false,
    },
  );
  const server = app.getHttpAdapter().getInstance();
  await app.get(TelemetryService).traceRequests(server, instance);
  const rules = await configureServer(app, options);
  app.get(MetricsService).measureAnswers(server);
  const scim = app.get(ScimErrorFilter);
  rules.problems.answerOtherwise('/scim', (...failure) => scim.answer(...failure));
  await receiveDeliveryReports(server, settings, app.get(ReceiptService), rules.problems);
  await app.get(OpenidRouter).mount(server, rules.problems);
  if (settings.apiDocs) await serveDocumentation(server);
  await serveStaticFiles(server, rules, app.get(PageAnswersService));
  return app;
}

function serverOptions(settings: Settings, logger: Logger, random: Random): ServerOptions {
  return {
    publicUrl: settings.publicUrl,
    trustedProxies: settings.trustedProxies,
    logger,
    random,
    ...(settings.cpx?.url ? { crossOrigin: { origin: settings.cpx.url, paths: CARD_PATHS } } : {}),
    ...(settings.tls
      ? { tls: { cert: readFileSync(settings.tls.certFile), key: readFileSync(settings.tls.keyFile) } }
      : {}),
  };
}
