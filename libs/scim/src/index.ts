export { ScimErrorFilter } from './scim-error.filter';
export { ScimModule } from './scim.module';
