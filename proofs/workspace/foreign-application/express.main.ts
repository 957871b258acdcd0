import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { ApplicationModule } from './express.module';

async function start(): Promise<void> {
  const application = await NestFactory.create(ApplicationModule, { logger: ['error', 'warn'] });
  application.enableShutdownHooks();
  await application.listen(0, '127.0.0.1');
  console.log(await application.getUrl());
}

void start();
