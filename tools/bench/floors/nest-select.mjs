// Nest on Fastify and a guard that makes one primary-key SELECT by prepared statement. Decorators are called by hand: the
// floors are plain JavaScript.
import 'reflect-metadata';
import { Controller, Get, Module, Req, UnauthorizedException, UseGuards } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { execute, tokenIn } from './store.mjs';

const SELECT = 'SELECT id, principal, secretDigest, expiresAt FROM session WHERE id = ?';
/** The other fields of the product's answer. */
const FIXED = {
  means: 'password',
  acr: null,
  amr: ['pwd', 'otp'],
  signedInAt: '2026-01-01T00:00:00.000Z',
  codeValidUntil: '2026-01-02T00:00:00.000Z',
  idleExpiresAt: '2026-01-01T00:30:00.000Z',
};

class SessionGuard {
  async canActivate(context) {
    const request = context.switchToHttp().getRequest();
    const token = tokenIn(request.headers.cookie ?? '', 'portillon_session');
    const [row] = await execute(SELECT, [token.id]);
    if (!row || row.secretDigest !== token.digest || row.expiresAt < Date.now())
      throw new UnauthorizedException();
    request.row = row;
    return true;
  }
}

class SessionController {
  read({ row }) {
    return {
      session: { id: row.id, account: JSON.parse(row.principal), ...FIXED, expiresAt: row.expiresAt },
    };
  }
}

const descriptor = Object.getOwnPropertyDescriptor(SessionController.prototype, 'read');
for (const decorator of [Get('api/session'), UseGuards(SessionGuard)])
  decorator(SessionController.prototype, 'read', descriptor);
Req()(SessionController.prototype, 'read', 0);
Controller()(SessionController);

class FloorModule {}
Module({ controllers: [SessionController], providers: [SessionGuard] })(FloorModule);

const app = await NestFactory.create(FloorModule, new FastifyAdapter(), { logger: false });
await app.listen(Number(process.env.PORT), '127.0.0.1');
