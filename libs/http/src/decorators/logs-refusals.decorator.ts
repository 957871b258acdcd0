import { RouteConfig } from '@nestjs/platform-fastify';

/**
 * For a route that is asked at each request of something else: its 200 is a line of the log at `debug`. Every other answer is
 * one at the level that it has on all routes.
 */
export const LogsRefusals = () => RouteConfig({ logsRefusals: true });
