// Where a landed migration imports it from.
export { networkOf } from '@portillon/structure';
