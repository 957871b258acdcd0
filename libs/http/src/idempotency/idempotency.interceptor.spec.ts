import type { CallHandler, ExecutionContext } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import { Steps } from '@portillon/testing';
import type { FastifyRequest } from 'fastify';
import { defer, firstValueFrom, Observable } from 'rxjs';
import { setCaller } from '../client';
import { IdempotencyInterceptor } from './idempotency.interceptor';
import type { IdempotencyService, KeptAnswer, KeyCheck } from './idempotency.service';

interface Scene {
  secrets?: string[];
  failure?: Error;
}

function scene({ secrets = [], failure }: Scene) {
  const steps = new Steps();
  const kept: KeptAnswer[] = [];
  const headers: Record<string, unknown> = { etag: '"1"' };
  const service = steps.of<IdempotencyService>('keys', {
    begin: async (): Promise<KeyCheck> => ({ status: 'first', id: 'row' }),
    complete: async (_id, answer) => void kept.push(answer),
    release: async () => undefined,
  });
  const request = {
    headers: { 'idempotency-key': '"k"' },
    method: 'POST',
    url: '/x',
  } as unknown as FastifyRequest;
  setCaller(request, { kind: 'person', id: 'claire' });
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
  return { steps, kept, answer };
}

describe('a creation', () => {
  it('with a key takes it before it creates, and keeps the answer with its version and without its secrets', async () => {
    const { steps, kept, answer } = scene({ secrets: ['secret'] });
    expect(await answer()).toEqual({ id: '1', secret: 's3cret' });
    expect(steps.taken).toEqual(['keys.begin', 'create', 'keys.complete']);
    expect(kept).toEqual([{ body: { id: '1', secret: null }, etag: '"1"' }]);
  });

  it('that failed by no refusal keeps its key taken: what was created is not known', async () => {
    const { steps, kept, answer } = scene({ failure: new Error('gone') });
    await expect(answer()).rejects.toThrow('gone');
    expect(steps.taken).not.toContain('keys.release');
    expect(kept).toEqual([]);
  });
});
