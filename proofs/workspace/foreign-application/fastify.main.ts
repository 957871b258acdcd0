import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AccountService } from '@portillon/account';
import { PasswordHashingService } from '@portillon/credential';
import { configureServer, createAdapter } from '@portillon/http';
import { SystemClock, SystemRandom } from '@portillon/kernel';
import pino from 'pino';
import { DataSource } from 'typeorm';
import { ApplicationModule } from './fastify.module';

async function start(): Promise<void> {
  const options = {
    publicUrl: 'http://127.0.0.1',
    logger: pino({ level: 'error' }),
    random: new SystemRandom(new SystemClock()),
  };
  const adapter = createAdapter(options);
  const application = await NestFactory.create<NestFastifyApplication>(ApplicationModule, adapter, {
    bodyParser: false,
    logger: ['error', 'warn'],
  });
  await configureServer(application, options);
  application.enableShutdownHooks();
  await addClaire(application);
  await application.listen(0, '127.0.0.1');
  console.log(await application.getUrl());
}

async function addClaire(application: NestFastifyApplication): Promise<void> {
  const passwordDigest = await application.get(PasswordHashingService).hash(process.env.PASSWORD!);
  await application.get(DataSource).transaction((tx) =>
    application.get(AccountService).create(
      {
        username: 'claire',
        email: 'claire.martin@hopital.example',
        displayName: 'Claire Martin',
        passwordDigest,
        roles: ['professional'],
        structureId: null,
        locale: 'fr',
        status: 'ACTIVE',
      },
      tx,
    ),
  );
}

void start();
