import { AppError } from '@portillon/kernel';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** The longest part of a path that is taken as a parameter, in characters. */
export const MAX_PARAM_LENGTH = 100;

/** The methods of each path, which distinguish a wrong method from a wrong path. */
export class RouteTable {
  readonly #routes: { pattern: RegExp; methods: string[]; hasId: boolean }[] = [];

  /** Must be made before the routes are added. */
  constructor(fastify: FastifyInstance) {
    fastify.addHook('onRoute', ({ url, method }) => this.#add(url, [method].flat()));
  }

  /** The refusal of a request that no route took. */
  refusalOf(request: FastifyRequest): AppError {
    const path = request.url.split('?', 1)[0]!;
    const found = this.#routes.filter((route) => route.pattern.test(path));
    if (found.length === 0) return new AppError('not-found');
    // The word of a path such as `…/accounts/export` is no id of `…/accounts/:id`.
    const exact = found.filter((route) => !route.hasId);
    const methods = (exact.length > 0 ? exact : found).flatMap((route) => route.methods);
    return new AppError('method.not-allowed', { data: { allow: [...new Set(methods)] } });
  }

  #add(url: string, methods: string[]): void {
    if (url.includes('*')) return;
    const source = url
      .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
      .replace(/:[^/]+/g, `(?:[^/%]|%..){1,${MAX_PARAM_LENGTH}}`);
    this.#routes.push({ pattern: new RegExp(`^${source}$`), methods, hasId: url.includes(':') });
  }
}
