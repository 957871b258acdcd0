import { AppError } from '@portillon/kernel';
import {
  CallHandler,
  ExecutionContext,
  Injectable,
  NestInterceptor,
  applyDecorators,
  SetMetadata,
  UseInterceptors,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { lastValueFrom, Observable, of } from 'rxjs';
import { ApiHeader } from '@nestjs/swagger';
import { Caller, callerOf } from '../client';
import { IdempotencyService } from './idempotency.service';
import type { KeptAnswer, KeyedRequest } from './idempotency.service';

/** A string of structured fields (RFC 9651, 3.3.3), or the same without quotes, as many clients send it. */
const QUOTED = /^"((?:[\x20-\x21\x23-\x5b\x5d-\x7e]|\\["\\]){1,128})"$/;
const BARE = /^[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]{1,128}$/;

/** Returns the key of the header, or nothing. @throws AppError `idempotency-key.malformed` */
export function idempotencyKey(header: string | string[] | undefined): string | undefined {
  if (header === undefined) return undefined;
  if (typeof header !== 'string') throw new AppError('idempotency-key.malformed');
  const text = header.trim();
  const quoted = QUOTED.exec(text)?.[1];
  if (quoted !== undefined) return quoted.replace(/\\(.)/g, '$1');
  if (BARE.test(text)) return text;
  throw new AppError('idempotency-key.malformed');
}

/** Metadata key of the fields of an answer that are never stored. */
const SECRET_FIELDS = 'portillon:idempotency-secret-fields';

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

const HEADER = {
  name: 'Idempotency-Key',
  required: false,
  description:
    'A string of 1 to 128 characters, new for each creation; an application must send one. Within 24 hours the same key with the same body gets the same answer, and nothing is created twice.',
};

/**
 * Marks a creation that runs once under its `Idempotency-Key`. The module imports `IdempotencyModule`. `secretFields`:
 * fields of the answer that are shown once and never stored; in a repeated answer they are `null`.
 */
export const Idempotent = (secretFields: readonly string[] = []) =>
  applyDecorators(
    SetMetadata(SECRET_FIELDS, secretFields),
    UseInterceptors(IdempotencyInterceptor),
    ApiHeader(HEADER),
  );
