export { ScimErrorFilter } from './scim-error.filter';
export { ScimModule } from './scim.module';
export type { ScimOptions } from './scim.options';
