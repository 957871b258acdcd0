import { RouteConfig } from '@nestjs/platform-fastify';

/** Route configuration: the body is a CSV file, given to the route as a stream that it bounds itself. */
const TAKES_CSV = { takesCsv: true } as const;

/** For a route that is handed a file. Every other route refuses one (415). */
export const TakesCsv = () => RouteConfig(TAKES_CSV);
