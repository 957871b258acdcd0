import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, NestFastifyApplication } from '@nestjs/platform-fastify';
import { ApplicationModule } from './application.module';

async function start(): Promise<void> {
  const application = await NestFactory.create<NestFastifyApplication>(
    ApplicationModule,
    new FastifyAdapter(),
    {
      logger: ['error', 'warn'],
    },
  );
  application.enableShutdownHooks();
  await application.listen(0, '127.0.0.1');
  console.log(await application.getUrl());
}

void start();
