import { SetMetadata } from '@nestjs/common';

export const PUBLIC = 'portillon-guard:public';

/** Opens a route, or all of a controller, to requests that bring no token. Every other route is closed. */
export const Public = () => SetMetadata(PUBLIC, true);
