import type { CallHandler, ExecutionContext } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import { setCaller } from '@portillon/http';
import { AppError } from '@portillon/kernel';
import { Steps } from '@portillon/testing';
import type { FastifyRequest } from 'fastify';
import { defer, firstValueFrom, Observable } from 'rxjs';
import { IdempotencyInterceptor } from './idempotency.interceptor';
import type { IdempotencyService } from './idempotency.service';
import type { KeptAnswer, KeyCheck } from './idempotency.types';

interface Scene {
  check?: KeyCheck;
  key?: string;
  kind?: 'person' | 'application';
  secrets?: string[];
  failure?: Error;
}

function scene({
  check = { status: 'first', id: 'row' },
  key,
  kind = 'person',
  secrets = [],
  failure,
}: Scene) {
  const steps = new Steps();
  const kept: KeptAnswer[] = [];
  const headers: Record<string, unknown> = { etag: '"1"' };
  const service = steps.of<IdempotencyService>('keys', {
    begin: async () => check,
    complete: async (_id, answer) => void kept.push(answer),
    release: async () => undefined,
  });
  const request = {
    headers: { 'idempotency-key': key },
    method: 'POST',
    url: '/x',
  } as unknown as FastifyRequest;
  setCaller(request, { kind, id: 'claire' });
  const reply = {
    getHeader: (name: string) => headers[name],
    header: (name: string, value: unknown) => (headers[name] = value),
  };
  const context = {
    switchToHttp: () => ({ getRequest: () => request, getResponse: () => reply }),
    getHandler: () => scene,
  } as unknown as ExecutionContext;
  const next: CallHandler = {
    handle: () =>
      defer(async () => {
        steps.taken.push('create');
        if (failure) throw failure;
        return { id: '1', secret: 's3cret' };
      }),
  };
  const reflector = { get: () => secrets } as unknown as Reflector;
  const interceptor = new IdempotencyInterceptor(reflector, service);
  const answer = () =>
    interceptor.intercept(context, next).then((value: Observable<unknown>) => firstValueFrom(value));
  return { steps, kept, headers, answer };
}

describe('a creation', () => {
  it('without a key is as ever', async () => {
    const { steps, answer } = scene({});
    await answer();
    expect(steps.taken).toEqual(['create']);
  });

  it('of an application without a key is refused, and nothing is created', async () => {
    const { steps, answer } = scene({ kind: 'application' });
    await expect(answer()).rejects.toMatchObject({ code: 'idempotency-key.required' });
    expect(steps.taken).toEqual([]);
  });

  it('with a key takes it first, and keeps the answer with its version and without its secrets', async () => {
    const { steps, kept, answer } = scene({ key: '"k"', secrets: ['secret'] });
    expect(await answer()).toEqual({ id: '1', secret: 's3cret' });
    expect(steps.taken).toEqual(['keys.begin', 'create', 'keys.complete']);
    expect(kept).toEqual([{ body: { id: '1', secret: null }, etag: '"1"' }]);
  });

  it('that was answered is answered again, and nothing is created', async () => {
    const check = { status: 'answered', answer: { body: { id: '2' }, etag: '"7"' } } as const;
    const { steps, headers, answer } = scene({ key: '"k"', check });
    expect(await answer()).toEqual({ id: '2' });
    expect(headers['etag']).toBe('"7"');
    expect(steps.taken).toEqual(['keys.begin']);
  });

  it.each([
    ['other-request', 'idempotency-key.reused'],
    ['in-progress', 'idempotency-key.in-progress'],
  ] as const)('is refused when its key says %s', async (status, code) => {
    const { steps, answer } = scene({ key: '"k"', check: { status } });
    await expect(answer()).rejects.toMatchObject({ code });
    expect(steps.taken).toEqual(['keys.begin']);
  });

  it('that was refused gives its key back', async () => {
    const { steps, answer } = scene({ key: '"k"', failure: new AppError('validation.failed') });
    await expect(answer()).rejects.toMatchObject({ code: 'validation.failed' });
    expect(steps.taken).toEqual(['keys.begin', 'create', 'keys.release']);
  });

  it('that failed by no refusal keeps its key taken: what was created is not known', async () => {
    const { steps, answer } = scene({ key: '"k"', failure: new Error('gone') });
    await expect(answer()).rejects.toThrow('gone');
    expect(steps.taken).toEqual(['keys.begin', 'create']);
  });
});
