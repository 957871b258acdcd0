import { SetMetadata } from '@nestjs/common';

export const PUBLIC_ROUTE = 'portillon:public';

/** Opens a route to callers who are not signed in. Every other route is closed. */
export const Public = () => SetMetadata(PUBLIC_ROUTE, true);
