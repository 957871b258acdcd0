import { CallHandler, ExecutionContext, Injectable, NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Caller, callerOf } from '@portillon/http';
import { AppError } from '@portillon/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { lastValueFrom, Observable, of } from 'rxjs';
import { idempotencyKey } from './idempotency-header';
import { IdempotencyService } from './idempotency.service';
import type { KeptAnswer, KeyedRequest } from './idempotency.types';

/** Metadata key of the fields of an answer that are never stored. */
export const SECRET_FIELDS = 'portillon:idempotency-secret-fields';

/** Repeats the stored answer when a creation is requested again under its key. Guards run before. */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly idempotency: IdempotencyService,
  ) {}

  /**
   * Runs the creation or returns its stored answer.
   *
   * @throws AppError `idempotency-key.required` for an application, `.malformed`, `.reused`, `.in-progress`
   */
  async intercept(context: ExecutionContext, next: CallHandler<unknown>): Promise<Observable<unknown>> {
    const http = context.switchToHttp();
    const request = keyedRequest(http.getRequest<FastifyRequest>());
    if (!request) return next.handle();
    const check = await this.idempotency.begin(request);
    if (check.status === 'other-request') throw new AppError('idempotency-key.reused');
    if (check.status === 'in-progress') throw new AppError('idempotency-key.in-progress');
    const reply = http.getResponse<FastifyReply>();
    if (check.status === 'answered') return of(again(check.answer, reply));
    const secrets = this.reflector.get<readonly string[]>(SECRET_FIELDS, context.getHandler());
    return of(await this.#create(check.id, next, reply, secrets));
  }

  async #create(
    id: string,
    next: CallHandler<unknown>,
    reply: FastifyReply,
    secrets: readonly string[],
  ): Promise<unknown> {
    const body = await this.#orReleased(id, lastValueFrom(next.handle()));
    const etag = reply.getHeader('etag');
    const kept = { body: without(secrets, body), etag: etag === undefined ? null : String(etag) };
    await this.idempotency.complete(id, kept);
    return body;
  }

  /** A refusal has rolled everything back. After any other failure the result is unknown, so the key stays. */
  async #orReleased(id: string, creation: Promise<unknown>): Promise<unknown> {
    try {
      return await creation;
    } catch (error) {
      if (error instanceof AppError && error.code !== 'internal') await this.idempotency.release(id);
      throw error;
    }
  }
}

/** Applications must send a key; people may. */
function keyedRequest(request: FastifyRequest): KeyedRequest | undefined {
  const caller = callerOf(request);
  const key = idempotencyKey(request.headers['idempotency-key']);
  if (caller && key !== undefined) return { caller, key, route: routeOf(request), body: request.body };
  if (isApplication(caller)) throw new AppError('idempotency-key.required');
  return undefined;
}

function isApplication(caller: Caller | undefined): boolean {
  return caller?.kind === 'application';
}

function routeOf({ method, url }: FastifyRequest): string {
  return `${method} ${url}`;
}

function again({ body, etag }: KeptAnswer, reply: FastifyReply): unknown {
  if (etag !== null) void reply.header('etag', etag);
  return body;
}

/** A secret is shown once: a caller that lost the answer requests another secret. */
function without(fields: readonly string[], body: unknown): unknown {
  if (fields.length === 0 || typeof body !== 'object' || body === null) return body;
  return { ...body, ...Object.fromEntries(fields.map((field) => [field, null])) };
}
