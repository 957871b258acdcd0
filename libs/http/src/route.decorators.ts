import { SetMetadata } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';

export const PUBLIC_ROUTE = 'portillon:public';

/** Opens a route to callers who are not signed in. Every other route is closed. */
export const Public = () => SetMetadata(PUBLIC_ROUTE, true);

/**
 * For a route that is called for each request to another server: its 200 is logged at `debug`. All other answers are logged
 * at their usual level.
 */
export const LogsRefusals = () => RouteConfig({ logsRefusals: true });

/** Route configuration: the body is a CSV file, given to the route as a stream that it bounds itself. */
const TAKES_CSV = { takesCsv: true } as const;

/** For a route that is handed a file. Every other route refuses one (415). */
export const TakesCsv = () => RouteConfig(TAKES_CSV);

/**
 * For an endpoint whose protocol sends forms, server to server: the route gets `URLSearchParams`. Every other route
 * refuses a form (415).
 */
export const TakesForm = () => RouteConfig({ takesForm: true });
