import { RouteConfig } from '@nestjs/platform-fastify';

/** Route configuration: the body is a form, given to the route as `URLSearchParams`. */
export const TAKES_FORM = { takesForm: true } as const;

/** For an endpoint whose protocol sends forms, server to server. Every other route refuses them (415). */
export const TakesForm = () => RouteConfig(TAKES_FORM);
