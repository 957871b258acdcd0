import 'reflect-metadata';
import { Controller, Get, Module, Req, UnauthorizedException, UseGuards } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { readSession } from './session-read.mjs';
import { openStore } from './store.mjs';

// Nest on Fastify, a guard that makes one primary-key SELECT by prepared statement, and a second route.
// Decorators are called by hand: the floors are plain JavaScript.
const store = openStore(process.env.DATABASE_URL);

class SessionGuard {
  async canActivate(context) {
    const request = context.switchToHttp().getRequest();
    request.answer = await readSession(store, request.headers.cookie ?? '');
    if (!request.answer) throw new UnauthorizedException();
    return true;
  }
}

class SessionController {
  read(request) {
    return request.answer;
  }

  live() {
    return { status: 'ok' };
  }
}

function decorate(prototype, name, ...decorators) {
  const descriptor = Object.getOwnPropertyDescriptor(prototype, name);
  for (const decorator of decorators) decorator(prototype, name, descriptor);
}
decorate(SessionController.prototype, 'read', Get('api/session'), UseGuards(SessionGuard));
decorate(SessionController.prototype, 'live', Get('health/live'));
Req()(SessionController.prototype, 'read', 0);
Controller()(SessionController);

class FloorModule {}
Module({ controllers: [SessionController], providers: [SessionGuard] })(FloorModule);

const app = await NestFactory.create(FloorModule, new FastifyAdapter(), { logger: false });
await app.listen(Number(process.env.PORT), '127.0.0.1');
