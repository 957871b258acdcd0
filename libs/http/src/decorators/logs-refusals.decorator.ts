import { RouteConfig } from '@nestjs/platform-fastify';

/**
 * For a route that is called for each request to another server: its 200 is logged at `debug`. All other answers are logged
 * at their usual level.
 */
export const LogsRefusals = () => RouteConfig({ logsRefusals: true });
