import { SetMetadata } from '@nestjs/common';

export const PUBLIC = 'portillon-guard:public';

/** Opens a route, or all routes of a controller, to requests without a token. Every other route is closed. */
export const Public = () => SetMetadata(PUBLIC, true);
