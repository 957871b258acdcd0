import { RouteConfig } from '@nestjs/platform-fastify';

/**
 * For an endpoint whose protocol sends forms, server to server: the route gets `URLSearchParams`. Every other route
 * refuses a form (415).
 */
export const TakesForm = () => RouteConfig({ takesForm: true });
